namespace SkillMeat.Server.Jobs;

/// <summary>The state of a job. In JSON: <c>queued running succeeded failed cancelled</c>.</summary>
internal enum JobState
{
    Queued,
    Running,
    Succeeded,
    Failed,
    Cancelled,
}
