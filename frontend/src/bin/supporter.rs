//! The program on the phone of volunteers, carers and parents.

fn main() {
    opstap_frontend::supporter::mount();
}
