using SkillMeat.Server.Jobs;

namespace SkillMeat.Server.Json;

/// <summary>A piece of long work.</summary>
internal sealed record JobJson(
    string Id, string Kind, string? Collection, JobState State, JobProgressJson Progress, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt, RawJson? Result, ProblemJson? Problem);
