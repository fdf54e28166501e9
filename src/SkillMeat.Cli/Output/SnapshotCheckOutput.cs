using System.Globalization;
using SkillMeat.Server.Json;
using SkillMeat.Snapshots;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the result of verifying snapshots.</summary>
internal static class SnapshotCheckOutput
{
    public static void Write(CommandRun run, IReadOnlyList<SnapshotCheck> checks)
    {
        if (run.IsJson)
        {
            run.WriteJson(checks.Select(SnapshotCheckJson.Of));
            return;
        }

        run.Tables().Write(["Snapshot", "Sound", new("Objects", 1), new("Bytes", 2), "Problem"], checks.SelectMany(Rows));
        run.Say($"{checks.Count(check => check.IsSound)} of {checks.Count} can be restored.");
    }

    /// <summary>Returns a row for each problem, so that the user can see which files are affected.</summary>
    private static IEnumerable<string[]> Rows(SnapshotCheck check)
    {
        yield return
        [
            check.SnapshotId,
            ShortTexts.Value(check.IsSound),
            check.ObjectCount.ToString(CultureInfo.InvariantCulture),
            check.SizeBytes.ToString(CultureInfo.InvariantCulture),
            check.Problems is [var first, ..] ? first : "",
        ];
        foreach (var problem in check.Problems.Skip(1))
        {
            yield return ["", "", "", "", problem];
        }
    }
}
