using SkillMeat.Checks;

namespace SkillMeat.Server.Jobs;

/// <summary>Reports the progress of update checks to a job.</summary>
internal static class JobProgress
{
    public static CheckListener Listen(Job job) => new() { Progressed = progress => job.Report(progress.Answered, progress.Asked, "Contacting upstream") };
}
