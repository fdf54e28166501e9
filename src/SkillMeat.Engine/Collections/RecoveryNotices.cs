using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Collections;

/// <summary>Tells the user what became of changes that were interrupted by the death of a process.</summary>
internal static class RecoveryNotices
{
    /// <summary>Describes a recovery. The problem that stopped it comes last.</summary>
    public static List<string> Of(RecoveryReport report)
    {
        var notices = new List<string>();
        if (report.Finished > 0)
        {
            notices.Add("An interrupted change was finished.");
        }

        if (report.TakenBack > 0)
        {
            notices.Add("An interrupted change was rolled back.");
        }

        notices.AddRange(report.PutAside.Select(path => $"Another program changed a file after the interruption. Its version is kept in {path}."));
        if (report.Problem is { } problem)
        {
            notices.Add(DescribeUnsettled(problem));
        }

        return notices;
    }

    /// <summary>Describes what a home that is opened to read leaves as it is.</summary>
    public static List<string> OfAbandoned(HomeStorage storage)
    {
        if (storage.FindRefusedJournal() is { } refused) return [DescribeUnsettled(refused)];
        return storage.HasAbandonedChange() ? ["A change was interrupted. The next command that changes this home, or a repair, finishes it or takes it back."] : [];
    }

    private static string DescribeUnsettled(StorageException problem) => $"An interrupted change could not be settled: {problem.Message}";
}
