//! The program on the phone of clients and those who decide for them.

fn main() {
    opstap_frontend::companion::mount();
}
