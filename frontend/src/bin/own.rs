//! The program on a client's phone for what only the server knows.

fn main() {
    opstap_frontend::own::mount();
}
