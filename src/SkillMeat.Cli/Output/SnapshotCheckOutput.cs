using System.Globalization;
using SkillMeat.Snapshots;

namespace SkillMeat.Cli.Output;

/// <summary>How the verification of snapshots is written.</summary>
internal static class SnapshotCheckOutput
{
    public static void Write(CommandRun run, IReadOnlyList<SnapshotCheck> checks)
    {
        if (!run.IsJson)
        {
            run.Tables().Write(["Snapshot", "Sound", "Objects", "Bytes", "Problem"], checks.SelectMany(Rows));
            run.Say($"{checks.Count(check => check.IsSound)} of {checks.Count} can be restored.");
            return;
        }

        run.WriteJson(json =>
        {
            json.WriteStartArray();
            foreach (var check in checks)
            {
                json.WriteStartObject();
                json.WriteString("id", check.Id);
                json.WriteString("collection", check.Collection);
                json.WriteBoolean("is_sound", check.IsSound);
                json.WriteNumber("object_count", check.ObjectCount);
                json.WriteNumber("size_bytes", check.SizeBytes);
                json.WriteTexts("problems", check.Problems);
                json.WriteEndObject();
                json.FlushWhenLarge();
            }

            json.WriteEndArray();
        });
    }

    /// <summary>A line for each problem, because one may concern a file that nobody misses.</summary>
    private static IEnumerable<string[]> Rows(SnapshotCheck check)
    {
        yield return
        [
            check.Id,
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
