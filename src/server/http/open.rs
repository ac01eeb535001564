//! Who may take a route: the groups of roles that the table of routes names.

use super::route::Open;
use crate::server::roles::Role;

pub(super) const EVERYONE: Open = Open::Roles(&Role::ALL);
pub(super) const WEEKS: Open = Open::Roles(&[
    Role::Planner,
    Role::Approver,
    Role::EscortCoordinator,
    Role::TransportCoordinator,
    Role::Gatekeeper,
    Role::Auditor,
]);
/// Who sees cases.
pub(super) const CASES: Open = Open::Roles(&[Role::Planner, Role::Approver, Role::Gatekeeper, Role::Auditor]);
pub(super) const PLANS: Open = Open::Roles(&[Role::Planner, Role::Approver, Role::Auditor]);
pub(super) const ESCORTS: Open = Open::Roles(&[Role::Planner, Role::Approver, Role::EscortCoordinator, Role::Auditor]);
pub(super) const TRANSPORT: Open =
    Open::Roles(&[Role::Planner, Role::Approver, Role::TransportCoordinator, Role::Auditor]);
pub(super) const REPORTS: Open =
    Open::Roles(&[Role::Planner, Role::EscortCoordinator, Role::TransportCoordinator, Role::Gatekeeper]);
/// Who may take out everything about one case.
pub(super) const RECORDS: Open = Open::Roles(&[Role::Planner, Role::Auditor]);
/// Who tells people, or hears that they were told.
pub(super) const NOTICES: Open = Open::Roles(&[Role::Planner, Role::Gatekeeper]);
pub(super) const SWAPS: Open = Open::Roles(&[Role::Planner, Role::EscortCoordinator]);
pub(super) const PLANNER: Open = Open::Roles(&[Role::Planner]);
pub(super) const APPROVER: Open = Open::Roles(&[Role::Approver]);
pub(super) const REFUSERS: Open = Open::Roles(&[Role::Planner, Role::Approver]);
pub(super) const AUDITOR: Open = Open::Roles(&[Role::Auditor]);
pub(super) const ACCOUNTS: Open = Open::Roles(&[Role::Admin, Role::Auditor]);
pub(super) const ADMIN: Open = Open::Roles(&[Role::Admin]);
