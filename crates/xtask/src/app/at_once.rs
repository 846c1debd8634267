//! The same work for each of several things, by all processors at once: what the compiler made of a bundle takes seconds to be bound and
//! packed, on one processor each.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::failure::Failure;

/// Does the work for each, and gives what came of it in the same order; the first failure by that order where there is any.
pub fn each<T: Sync, R: Send>(all: &[T], work: impl Fn(&T) -> Result<R, Failure> + Sync) -> Result<Vec<R>, Failure> {
    let (next, made) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let processors = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..processors.min(all.len()) {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(one) = all.get(at) else { return };
                    let came = work(one);
                    made.lock().unwrap_or_else(PoisonError::into_inner).push((at, came));
                }
            });
        }
    });
    let mut made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
    made.sort_by_key(|(at, _)| *at);
    made.into_iter().map(|(_, came)| came).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_of_each_stands_in_the_order_in_which_they_were_given() {
        let all: Vec<u64> = (0..40).collect();
        let doubled = each(&all, |one| {
            // The later ones are done first.
            thread::sleep(std::time::Duration::from_micros(40 - one));
            Ok(one * 2)
        });
        assert_eq!(doubled.unwrap(), all.iter().map(|one| one * 2).collect::<Vec<_>>());
        assert_eq!(each(&[0_u8; 0], |one| Ok(*one)).unwrap(), Vec::<u8>::new());
    }

    #[test]
    fn one_failure_is_the_failure_of_all() {
        let fails = |one: &u8| if *one == 1 { Err(Failure::new("no")) } else { Ok(*one) };
        assert!(each(&[0, 1, 2], fails).is_err());
    }
}
