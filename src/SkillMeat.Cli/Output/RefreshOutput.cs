using SkillMeat.Refresh;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the result of a refresh.</summary>
internal static class RefreshOutput
{
    /// <summary>Writes results.</summary>
    /// <param name="run">The run to write to.</param>
    /// <param name="results">The results, one for each collection.</param>
    /// <param name="request">The request.</param>
    /// <param name="isList">Whether JSON is a list even for one collection.</param>
    /// <param name="showsMetadata">Whether the table shows when tags were imported.</param>
    public static void Write(CommandRun run, IReadOnlyList<RefreshResult> results, RefreshRequest request, bool isList, bool showsMetadata)
    {
        if (run.IsJson)
        {
            WriteJson(run, results.Select(result => RefreshJson.Of(result, request)), isList);
            return;
        }

        if (results.Count == 0)
        {
            return;
        }

        var isOne = results.Count == 1;
        run.Tables().Write(
            [.. isOne ? Array.Empty<Column>() : ["Collection"], "Artifact", "Status", "What changed / why", .. showsMetadata ? (Column[])["Tags imported (UTC)"] : []],
            results.SelectMany(result => result.Entries).SelectMany(entry => RowsOf(entry).Select(row => (string[])
            [
                .. isOne ? Array.Empty<string>() : [row[0].Length > 0 ? entry.Collection : ""],
                .. row,
                .. showsMetadata ? [row[0].Length > 0 ? ShortTexts.Time(entry.TagsImportedAt) : ""] : Array.Empty<string>(),
            ])));
        FieldOutput.WriteChosen(run, request);
        foreach (var result in results)
        {
            Summarize(run, result, isOne);
        }
    }

    private static void WriteJson(CommandRun run, IEnumerable<RefreshJson> results, bool isList)
    {
        if (isList)
        {
            run.WriteJson(results);
        }
        else
        {
            run.WriteJson(results.Single());
        }
    }

    private static void Summarize(CommandRun run, RefreshResult result, bool isOne)
    {
        var summary = result.Summary;
        run.Say(
            $"{(isOne ? "" : $"{result.Collection}: ")}{summary.RefreshedCount} {(result.DryRun ? "would be refreshed" : "refreshed")}, {summary.UnchangedCount} unchanged, {summary.SkippedCount} skipped, "
            + $"{summary.ErrorCount} failed in {summary.Duration.TotalMilliseconds:0} ms.");
        if (result.SnapshotId is { } id)
        {
            run.Say($"Snapshot {id} was taken first; 'skm collection rollback --collection {result.Collection} --snapshot {id}' restores it.");
        }
    }

    private static string Status(RefreshEntry entry) => entry is { DryRun: true, Status: RefreshStatus.Refreshed } ? "would be refreshed" : EnumName.Of(entry.Status);

    /// <summary>One row for each changed field, and one for each artifact without changes.</summary>
    private static IEnumerable<string[]> RowsOf(RefreshEntry entry) => entry.Changes.Count == 0
        ? [[entry.ArtifactId, Status(entry), entry.Error ?? entry.Reason ?? ""]]
        : entry.Changes.Select((field, i) => new[]
        {
            i == 0 ? entry.ArtifactId : "",
            i == 0 ? Status(entry) : "",
            $"{field}: {ShortTexts.Value(entry.OldValues[field])} → {ShortTexts.Value(entry.NewValues[field])}",
        });
}
