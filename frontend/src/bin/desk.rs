//! The program of professionals and coordinators.

fn main() {
    opstap_frontend::desk::mount();
}
