//! The program on the phone of clients, volunteers and carers.

fn main() {
    opstap_frontend::companion::mount();
}
