namespace SkillMeat.Server.Json;

/// <summary>The progress of a job. The total is 0 as long as it is unknown.</summary>
internal sealed record JobProgressJson(int Done, int Total, string Text);
