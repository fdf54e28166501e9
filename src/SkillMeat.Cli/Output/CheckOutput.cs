using System.Text.Json;
using SkillMeat.Checks;

namespace SkillMeat.Cli.Output;

/// <summary>How the result of an update check is written.</summary>
internal static class CheckOutput
{
    public static void Write(CommandRun run, UpdateCheckResult result)
    {
        foreach (var problem in result.Problems)
        {
            run.Warn($"whether there are new artifacts can't be told: {problem.Message}");
        }

        if (run.IsJson)
        {
            run.WriteJson(json =>
            {
                json.WriteStartArray();
                foreach (var check in result.Checks)
                {
                    Write(json, check);
                    json.FlushWhenLarge();
                }

                json.WriteEndArray();
            });
            return;
        }

        run.Tables().Write(
            ["Artifact", "Change", "Follows", "Now", "Upstream", "Where / why"],
            result.Checks.Select(c => new[]
            {
                c.ArtifactId,
                NameOf(c.ChangeType).Replace('_', ' '),
                c.Ref ?? "",
                ShortTexts.Sha(c.CurrentSha),
                ShortTexts.Sha(c.UpstreamSha),
                string.Join(": ", new[] { c.NewPath, c.Reason }.Where(t => t is not null)),
            }));
        var counts = result.Checks.GroupBy(c => c.ChangeType).OrderBy(g => g.Key).Select(g => $"{g.Count()} {NameOf(g.Key).Replace('_', ' ')}");
        run.Say($"{string.Join(", ", counts)} in {result.Duration.TotalMilliseconds:0} ms.");
    }

    private static void Write(Utf8JsonWriter json, ArtifactCheck check)
    {
        json.WriteStartObject();
        json.WriteString("artifact_id", check.ArtifactId);
        json.WriteString("name", check.Name);
        json.WriteString("type", check.Type);
        json.WriteString("collection", check.Collection);
        json.WriteString("change_type", NameOf(check.ChangeType));
        json.WriteBoolean("update_available", check.UpdateAvailable);
        json.WriteString("current_sha", check.CurrentSha);
        json.WriteString("upstream_sha", check.UpstreamSha);
        json.WriteString("ref", check.Ref);
        json.WriteString("new_path", check.NewPath);
        json.WriteString("reason", check.Reason);
        json.WriteString("drift", DriftName(check.Drift));
        json.WriteString("code", check.ErrorId);
        json.WriteString("new_repository", check.NewRepository);
        if (check.ChangedFields is { } fields)
        {
            json.WriteTexts("changed_fields", fields);
        }

        json.WriteEndObject();
    }

    private static string NameOf(ChangeType type) => type switch
    {
        ChangeType.UpToDate => "up_to_date",
        ChangeType.Updated => "updated",
        ChangeType.Moved => "moved",
        ChangeType.Deleted => "deleted",
        ChangeType.New => "new",
        _ => "unknown",
    };

    private static string DriftName(UpdateRisk risk) => risk switch
    {
        UpdateRisk.SafeUpdate => "safe_update",
        UpdateRisk.ReviewRequired => "review_required",
        UpdateRisk.Conflict => "conflict",
        _ => "no_update",
    };
}
