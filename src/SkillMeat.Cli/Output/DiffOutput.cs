using SkillMeat.Cli.Output.Json;
using SkillMeat.Projects.Comparing;
using SkillMeat.Updates;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the differences of an artifact.</summary>
internal static class DiffOutput
{
    public static void Write(CommandRun run, ArtifactComparison comparison)
    {
        if (run.IsJson)
        {
            run.WriteJson(ComparisonJson.Of(comparison));
            return;
        }

        var writer = run.Diffs();
        foreach (var file in comparison.Files)
        {
            writer.AddHeader($"--- {(file.Change == FileUpdateKind.Added ? "/dev/null" : $"{comparison.From}/{file.Path}")}");
            writer.AddHeader($"+++ {(file.Change == FileUpdateKind.Deleted ? "/dev/null" : $"{comparison.To}/{file.Path}")}");
            if (file.Note is { } note) writer.AddHeader($"{file.Path}: {note}");
            foreach (var hunk in file.Hunks)
            {
                writer.AddHunk(hunk.ToString());
                foreach (var line in hunk.Lines)
                {
                    writer.AddLine(line.ToString());
                    if (!line.EndsWithLineFeed) writer.AddLine("\\ No newline at end of file");
                }
            }
        }

        writer.Flush();
        if (comparison.Files.Count == 0) run.Say($"{comparison.ArtifactId} is the same in {comparison.From} and {comparison.To}.");
    }
}
