//! Sem's mother wants to hear by e-mail that there is something new. The first mail comes at a real mail server; its link leads to a page of the
//! server, also in a browser in which the app is at work, and a tap there turns it on. Taking it back is one tap.

use opstap_tests::browser::{Stage, Step, Tools, Window};

use crate::cast::pair;
use crate::smtp::MailServer;

#[tokio::test]
async fn a_supporter_asks_for_mail_confirms_it_and_takes_it_back() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "mail", tell).await;
}

async fn tell(stage: &mut Stage) -> Step {
    stage.step("Karin asks for mail");
    let mut server = MailServer::answering(&[]).await;
    stage.server.stop().await?;
    stage.server.sends_mail_by(server.address);
    stage.server.start_again()?;
    let karin = stage.person("Karin", Window::Phone);
    pair(stage, &karin, "Naar school").await?;
    karin.go("/support/notices").await?;
    karin.see("In de mail staat alleen dat er iets nieuws is.").await?;
    karin.tap_with("Stuur me ook een mail").await?;
    karin.write("Jouw e-mailadres", "karin").await?;
    karin.tap("Stuur de eerste mail").await?;
    karin.see("Dit lijkt geen adres voor mail.").await?;
    karin.write("Jouw e-mailadres", "karin@example.test").await?;
    karin.tap("Stuur de eerste mail").await?;
    karin.see("Bevestig in je mail: karin@example.test").await?;

    stage.step("she opens the link in the mail, and taps");
    let mail = server.gets().await;
    assert_eq!(mail.to, "karin@example.test");
    let link = mail.content.lines().find(|line| line.contains("/mail/confirm#")).unwrap_or_default();
    karin.go(link).await?;
    karin.see("Wil je mail op dit adres?").await?;
    karin.tap_with("Ja, stuur mij mail").await?;
    karin.see("Het is gelukt.").await?;
    karin.go("/support/notices").await?;
    karin.see("Aan: karin@example.test").await?;
    karin.go(link).await?;
    karin.tap_with("Ja, stuur mij mail").await?;
    karin.see("Deze link is al gebruikt.").await?;

    stage.step("she wants it no more");
    karin.go("/support/notices").await?;
    karin.see("Aan: karin@example.test").await?;
    karin.tap_with("Stuur me ook een mail").await?;
    karin.see("In de mail staat alleen dat er iets nieuws is.").await?;
    karin.go("/support").await?;
    karin.go("/support/notices").await?;
    karin.see("In de mail staat alleen dat er iets nieuws is.").await?;
    karin.see_no("karin@example.test").await?;
    by_morning(stage, &mut server).await
}

async fn by_morning(stage: &mut Stage, server: &mut MailServer) -> Step {
    stage.step("Marloes has her mail, and asks to hear each morning how much asks for attention");
    let marloes = stage.person("Marloes", Window::Desk);
    pair(stage, &marloes, "Alles staat op deze laptop").await?;
    marloes.go("/desk/settings").await?;
    marloes.tap_with("Stuur me ook een mail").await?;
    marloes.write("Jouw e-mailadres", "marloes@example.test").await?;
    marloes.tap("Stuur de eerste mail").await?;
    marloes.see("Bevestig in je mail: marloes@example.test").await?;
    let mail = server.gets().await;
    let link = mail.content.lines().find(|line| line.contains("/mail/confirm#")).unwrap_or_default();
    marloes.go(link).await?;
    marloes.tap_with("Ja, stuur mij mail").await?;
    marloes.see("Het is gelukt.").await?;
    marloes.go("/desk/settings").await?;
    marloes.see("In de mail staat een getal en geen naam.").await?;
    marloes.tap_with("Stuur me elke werkdag hoeveel aandacht vraagt").await?;
    let is_on =
        "return find('[role=switch]', 'Stuur me elke werkdag', false)?.getAttribute('aria-checked') === 'true';";
    marloes.when("the switch to be on", is_on, vec![]).await?;
    marloes.go("/desk").await?;
    marloes.go("/desk/settings").await?;
    marloes.when("the switch to be on still", is_on, vec![]).await
}
