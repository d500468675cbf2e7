/**
 * Applications of Microsoft that Conditional Access treats as a group. Members are published by name (D-O365) or by id
 * (D-APPS); the ids of Office 365 beside those are from Microsoft's list of first-party applications.
 */

/** A group by the ids that are known and the names that Microsoft publishes, both in lower case. */
export interface WellKnownGroup {
  readonly appIds: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
}

function group(appIds: string, names: string): WellKnownGroup {
  return { appIds: lines(appIds), names: lines(names) };
}

function lines(text: string): ReadonlySet<string> {
  return new Set(
    text
      .split(/[\n|]/)
      .map((line) => line.trim().toLowerCase())
      .filter((line) => line !== ''),
  );
}

/** `Office365` (D-O365). */
export const OFFICE_365 = group(
  `00000002-0000-0ff1-ce00-000000000000|00000003-0000-0ff1-ce00-000000000000|00000004-0000-0ff1-ce00-000000000000
   00000005-0000-0ff1-ce00-000000000000|00000006-0000-0ff1-ce00-000000000000|00000007-0000-0ff1-ce00-000000000000
   08e18876-6177-487e-b8b5-cf950c1e598c|0cd196ee-71bf-4fd6-a57c-b491ffd4fb1e|0f698dd4-f011-4d23-a33e-b36416dcb1e6
   1fec8e78-bce4-4aaf-ab1b-5451cc387264|243c63a3-247d-41c5-9d83-7788c43f1c43|2d4d3d8e-2be3-4bef-9f87-7875a61c29de
   4345a7b9-9a63-4910-a426-35363201d503|4765445b-32c6-49b0-83e6-1d93765276ca|4b233688-031c-404b-9a80-a4f3f2351f90
   5e3ce6c0-2b1f-4285-8d4b-75ee78787346|66a88757-258c-4c72-893c-3e8bed4d6899|89bee1f7-5e6e-4d8a-9f3d-ecd601259da7
   905fcf26-4eb7-48a0-9ff0-8dcc7194b5ba|93d53678-613d-4013-afc1-62e9e444a0a5|944f0bd1-117b-4b1c-af26-804ed95e767e
   94c63fef-13a3-47bc-8074-75af8c65887a|95de633a-083e-42f5-b444-a4295d8e9314|ab9b8c07-8f02-4f72-87fa-80105867a763
   c9a559d2-7aab-4f13-a6ed-e7e9c52aec87|cc15fd57-2c6c-4117-a88c-83b1d56b4bbe|cf53fce8-def6-4aeb-8d30-b158e7b1cf83
   d3590ed6-52b3-4102-aeff-aad2292ab01c`,
  `App Studio for Microsoft Teams|Augmentation Loop|Call Recorder|Connectors|DataSecurityInvestigation
   Device Management Service|EDU Assignments|EnrichmentSvc|Enterprise Copilot Platform|Groups Service|IC3 Gateway
   IC3 Gateway Non Cae|Insights Services|INT Augmentation Loop 1P|Legacy Smart Compose|Loop|Loop Web Service
   M365 Admin Services|M365 Auditing Public Protected Web API app|M365ChatClient|make.gov.powerapps.us
   make.powerapps.com|Media Analysis and Transformation Service|Message Recall|Messaging Async Media
   MessagingAsyncMediaProd|Microsoft 365 Reporting Service|Microsoft Discovery Service
   Microsoft Exchange Online Protection|Microsoft Flow Portal|Microsoft Flow Portal GCC|Microsoft Forms
   Microsoft Forms Web|Microsoft Information Protection API|Microsoft Office|Microsoft Office 365 Portal
   Microsoft People Cards Service|Microsoft Planner|Microsoft Planner Client
   Microsoft SharePoint Online - SharePoint Home|Microsoft Stream Portal|Microsoft Stream Service|Microsoft Teams
   Microsoft Teams - T4L Web Client|Microsoft Teams - Teams And Channels Service|Microsoft Teams Analytics
   Microsoft Teams Chat Aggregator|Microsoft Teams Graph Service|Microsoft Teams Mailhook
   Microsoft Teams Retail Service|Microsoft Teams Services|Microsoft Teams Targeting Application|Microsoft Teams UIS
   Microsoft Teams Web Client|Microsoft To-Do web app|Microsoft Todo web app|Microsoft Virtual Events Portal
   Microsoft Virtual Events Services|Microsoft Visio Data Visualizer|Microsoft Whiteboard Services
   MSAI Substrate Meeting Intelligence|Natural Language Editor|O365 Diagnostic Service|O365 Suite UX
   O365 Suite UX PathFinder|OCPS Checkin Service|Office 365|Office 365 Exchange Microservices
   Office 365 Exchange Online|Office 365 Search Service|Office 365 SharePoint Online|Office Delve|Office Hive
   Office Hive Fairfax|Office MRO Device Manager Service|Office Online Add-in SSO|Office Online Augmentation Loop SSO
   Office Online Core SSO|Office Online Loki SSO|Office Online Maker SSO|Office Online Print SSO
   Office Online Search SSO|Office Online Service|Office Online Speech SSO|Office Scripts Service
   Office Scripts Service - INT|Office Scripts Service - Local|Office Scripts Service - Test
   Office Shredding Service|Office.com|Office365 Shell DoD WCSS-Client|Office365 Shell WCSS-Client
   OfficeClientService|OfficeHome|OfficePowerPointSGS|OfficeServicesManager|One Outlook Web|OneDrive
   OneDrive SyncEngine|OneNote|Outlook Browser Extension|Outlook Service for Exchange|PowerApps Service
   ProjectWorkManagement|ProjectWorkManagement_AdminTools|ProjectWorkManagement_USGov|Protection Center
   Reply-At-Mention|SharePoint eSignature|SharePoint eSignature PPE|SharePoint Online Web Client Extensibility
   SharePoint Online Web Client Extensibility Isolated|Skype and Teams Tenant Admin API|Skype for Business
   Skype for Business Online|Skype Presence Service|Sway|Targeted Messaging Service|Teams CMD Services Artifacts
   Teams Walkie Talkie Service|Teams Walkie Talkie Service - GCC|Viva Engage`,
);

/** `MicrosoftAdminPortals` (D-APPS). */
export const ADMIN_PORTALS = group(
  `497effe9-df71-4043-a8bb-14cf78c4b63b|c44b4083-3bb0-49c1-b47d-974e53cbdf3c
   00000006-0000-0ff1-ce00-000000000000|80ccca67-54bd-44ab-8625-4b79c4dc7775`,
  `Exchange Admin Center|Azure Portal|Microsoft Office 365 Portal|Microsoft 365 Security and Compliance Center
   Protection Center|Microsoft Entra admin center|Microsoft 365 admin center|Microsoft Intune admin center
   Microsoft Teams admin center|Microsoft 365 Defender portal|Microsoft Purview portal`,
);

/** Traffic profiles and the policy service of Global Secure Access, by id (RRC) and by the names they have in the log (CN). */
export const GSA_RESOURCES = group(
  `c08f52c9-8f03-4558-a0ea-9a4c878cf343|5dc48733-b5df-475c-a49b-fa307ef00853|e92b9b37-1b47-4c01-9fbc-91d84450870e`,
  `Internet resources with Global Secure Access|All internet resources with Global Secure Access
   Microsoft apps with Global Secure Access|All private resources with Global Secure Access|ZTNA Policy Service
   ZTNA Network Access Traffic Profile`,
);

/** Well-known applications that are in none of the groups, so that a bare id of theirs is no riddle. */
export const UNGROUPED = lines(
  `00000002-0000-0000-c000-000000000000|00000003-0000-0000-c000-000000000000|797f4846-ba00-4fd7-ba43-dac1f8f63013
   00000009-0000-0000-c000-000000000000|0000000c-0000-0000-c000-000000000000|e9f49c6b-5ce5-44c8-925d-015017e9f7ad
   ca7f3f0b-7d91-482c-8e09-c5d840d0eac5|f5c26e74-f226-4ae8-85f0-b4af0080ac9e|00000007-0000-0000-c000-000000000000`,
);

/** Windows Azure Service Management API: a policy on it covers services bound to the Azure portal as well (D-APPS). */
export const SERVICE_MANAGEMENT_API = '797f4846-ba00-4fd7-ba43-dac1f8f63013';
export const COVERED_BY_SERVICE_MANAGEMENT_API = lines(
  `c44b4083-3bb0-49c1-b47d-974e53cbdf3c|e9f49c6b-5ce5-44c8-925d-015017e9f7ad
   f5c26e74-f226-4ae8-85f0-b4af0080ac9e|ca7f3f0b-7d91-482c-8e09-c5d840d0eac5`,
);

/** What a sign-in that asks for baseline scopes only is judged as (D-BASE). */
export const WINDOWS_AZURE_ACTIVE_DIRECTORY = '00000002-0000-0000-c000-000000000000';

export const INTUNE = '0000000a-0000-0000-c000-000000000000';
export const INTUNE_ENROLLMENT = 'd4ebce55-015a-49b5-a083-c84d1797ae8c';
/**
 * The resource at which an agent identity exchanges its token for that of an account: no policy applies to the exchange itself
 * (AGENT).
 */
export const AGENT_TOKEN_EXCHANGE = 'fb60f99c-7a34-4190-8149-302f77469936';
