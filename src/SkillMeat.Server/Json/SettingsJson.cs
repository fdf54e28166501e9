namespace SkillMeat.Server.Json;

/// <summary>The settings of the home in <c>config.toml</c>. A null stands for the default. Of the token for GitHub, only whether there is one.</summary>
internal sealed record SettingsJson(string ActiveCollection, string? UpdateStrategy, int? KeepAutomaticSnapshots, int? MarketplaceHours, bool HasGithubToken);
