/** Names of cookies that are known to follow visitors, by the service that documents them. */
export const TRACKING_COOKIES: readonly RegExp[] = [
  /^_ga(_|$)|^_gid$|^_gat|^__utm[abcvz]$|^_gcl_/, // Google Analytics and Ads
  /^(IDE|NID|DSID|ANID|test_cookie)$/, // Google marketing
  /^(YSC|VISITOR_INFO1_LIVE)$/, // YouTube
  /^_fb[cp]$|^fr$/, // Meta
  /^_tt_|^_ttp$|^ttwid$/, // TikTok
  /^_pin_unauth$|^_pinterest_/, // Pinterest
  /^_uet[sv]id$|^MUID$|^_cl(ck|sk)$/, // Microsoft Ads and Clarity
  /^li_fat_id$|^bcookie$|^lidc$|^UserMatchHistory$/, // LinkedIn
  /^muc_ads$|^personalization_id$|^guest_id_(ads|marketing)$/, // X
  /^_scid/, // Snap
  /^_rdt_/, // Reddit
  /^_hj(Session|id|FirstSeen)/i, // Hotjar
  /^hubspotutk$|^__hs(tc|sc|src)$/, // HubSpot
  /^mp_[0-9a-f]+_mixpanel$/, // Mixpanel
  /^amp(litude_id)?_/, // Amplitude
  /^ajs_(anonymous|user)_id$/, // Segment
  /^(optimizelyEndUserId|_vwo_uuid)/, // experiments
  /^_ym_(uid|d|isad)$|^yandexuid$/, // Yandex
  /^_kla_id$|^__kla_/, // Klaviyo
  /^(cto_|criteo)/i, // Criteo
  /^_pk_(id|ref|ses)/, // Matomo
]
