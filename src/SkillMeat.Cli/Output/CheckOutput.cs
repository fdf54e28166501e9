using SkillMeat.Checks;
using SkillMeat.Refresh;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the result of an update check.</summary>
internal static class CheckOutput
{
    public static void Write(CommandRun run, IReadOnlyList<UpdateCheckResult> results, RefreshRequest request, bool showsMetadata)
    {
        foreach (var problem in results.SelectMany(result => result.Problems))
        {
            run.Warn($"cannot check for new artifacts: {problem.Message}");
        }

        var checks = results.SelectMany(result => result.Checks).ToList();
        if (run.IsJson)
        {
            run.WriteJson(checks.Select(check => CheckJson.Of(check, showsMetadata)));
            return;
        }

        if (results.Count == 0)
        {
            return;
        }

        var duration = $"{results.Sum(result => result.Duration.TotalMilliseconds):0} ms";
        if (checks.Count == 0)
        {
            run.Say($"No artifacts in {duration}.");
            return;
        }

        var columns = new List<(Column Header, Func<ArtifactCheck, string> Cell)>
        {
            ("Artifact", c => c.ArtifactId),
            ("Change", c => EnumName.InWords(c.ChangeType)),
            (new("Follows", 1), c => c.Ref ?? ""),
            (new("Now", 3), c => ShortTexts.Sha(c.OldSha)),
            (new("Upstream", 2), c => ShortTexts.Sha(c.NewSha)),
            ("Where / why", c => string.Join(": ", new[] { c.NewPath, c.Reason }.Where(t => t is not null))),
        };
        if (results.Count > 1)
        {
            columns.Insert(0, ("Collection", c => c.Collection));
        }

        if (checks.Exists(check => check.Copies is not null))
        {
            columns.Insert(columns.Count - 1, ("Drift", c => c.ChangeType == ChangeType.New ? "" : EnumName.InWords(c.Drift)));
            columns.Add((new("Copies", 4), DescribeCopies));
        }

        if (showsMetadata) columns.Add(("Tags imported (UTC)", c => ShortTexts.Time(c.TagsImportedAt)));
        if (request.NameChangedFields)
        {
            columns.Insert(columns.Count - 1, ("Changed fields", c => string.Join(", ", c.ChangedFields ?? [])));
        }

        run.Tables().Write([.. columns.Select(column => column.Header)], checks.Select(check => columns.Select(column => column.Cell(check)).ToArray()));
        FieldOutput.WriteChosen(run, request);
        var counts = checks.GroupBy(c => c.ChangeType).OrderBy(g => g.Key).Select(g => $"{g.Count()} {EnumName.InWords(g.Key)}");
        run.Say($"{string.Join(", ", counts)} in {duration}.");
        foreach (var check in checks)
        {
            foreach (var copy in check.Copies?.Where(copy => copy.Drift > UpdateRisk.SafeUpdate) ?? []) run.Say($"{check.ArtifactId} in '{copy.Project}' for {copy.Profile}: {EnumName.InWords(copy.Drift)}. {copy.Reason}");
        }
    }

    private static string DescribeCopies(ArtifactCheck check) => string.Join(", ", check.Copies?.Select(copy => EnumName.InWords(copy.Drift)) ?? []);
}
