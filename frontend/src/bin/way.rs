//! The program on a client's phone for on the way.

fn main() {
    opstap_frontend::way::mount();
}
