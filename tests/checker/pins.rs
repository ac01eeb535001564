//! Plans that are not as a planner has pinned them.

use crate::draft::{Lie, raw};
use vertrek::plan::LeftOut;
use vertrek::week::{OfficerId, PinId};

type Edit = (&'static str, &'static str, &'static str);

const HEAD: &str = "reason,by\n";
const OUT: &[Edit] = &[("pins.csv", HEAD, "reason,by\nN1,C1,true,,,,court date,V1\n")];
const FLIGHT: &[Edit] = &[("pins.csv", HEAD, "reason,by\nN1,C5,false,L6,,,family ties,V1\n")];
const TEAM: &[Edit] = &[("pins.csv", HEAD, "reason,by\nN1,C3,false,,E9,,speaks the language,V1\n")];
const VEHICLE: &[Edit] = &[("pins.csv", HEAD, "reason,by\nN1,C1,false,,,S6,wheelchair,V1\n")];
const OPEN: &[Edit] = &[("pins.csv", HEAD, "reason,by\nN1,O1,false,L5,,S2,court date,V1\n")];

pub(crate) fn lies() -> Vec<Lie> {
    vec![
        raw("planned though pinned out", &["K-out"], |_| ()).with(OUT),
        raw("on another flight than the pin", &["K-flight"], |_| ()).with(FLIGHT),
        raw("without the escort of the pin", &["K-team"], |_| ()).with(TEAM),
        raw("driven by another shift than the pin", &["K-vehicle"], |_| ()).with(VEHICLE),
        raw("not planned though pinned", &["K-flight", "K-vehicle"], |_| ()).with(OPEN),
        raw("kept out by a pin that is not there", &["F-reason"], |draft| {
            let row = draft.plan.not_planned.iter_mut().find(|row| row.case.as_str() == "O1").unwrap();
            row.left_out = Some(LeftOut::Pinned {
                pin: PinId::new("N1").unwrap(),
                by: OfficerId::new("V1").unwrap(),
                reason: "court date".to_owned(),
            });
        }),
    ]
}
