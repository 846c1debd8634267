//! The program of professionals for what is done now and then for one client.

fn main() {
    opstap_frontend::guidance::mount();
}
