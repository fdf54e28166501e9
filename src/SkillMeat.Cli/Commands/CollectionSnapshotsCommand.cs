using System.CommandLine;
using System.Globalization;
using SkillMeat.Cli.Output;
using SkillMeat.Errors;
using SkillMeat.Snapshots;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm collection snapshots</c>.</summary>
internal static class CollectionSnapshotsCommand
{
    public static Command Create(CommandFactory commands)
    {
        var collection = ArtifactOptions.Collection();
        var skip = new Option<int>("--skip") { Description = "How many of the newest to skip.", HelpName = "N" };
        var first = new Option<int>("--first", "--limit") { Description = "How many to list at most.", HelpName = "N", DefaultValueFactory = _ => 50 };
        return commands.Create("snapshots", "Lists the snapshots that refreshes made, newest first.", [collection, skip, first], (run, parsed) =>
        {
            if (parsed.GetValue(skip) < 0 || parsed.GetValue(first) < 0)
            {
                throw new SkillMeatException(ErrorIds.InvalidArgument, "--skip and --first take a number from 0.");
            }

            var page = new CollectionSnapshots(run.OpenHome()).List(parsed.GetValue(collection), parsed.GetValue(skip), parsed.GetValue(first));
            Write(run, page);
            return page.Snapshots.Any(s => s.Problem is not null) ? ExitCode.Error : ExitCode.Success;
        });
    }

    private static void Write(CommandRun run, SnapshotPage page)
    {
        if (!run.IsJson)
        {
            run.Tables().Write(
                ["Snapshot", "Made (UTC)", "Kind", "Artifacts", "Bytes", "Message / problem"],
                page.Snapshots.Select(s => new[]
                {
                    s.Id,
                    ShortTexts.Time(s.CreatedAt),
                    s.Kind,
                    s.ArtifactCount.ToString(CultureInfo.InvariantCulture),
                    s.SizeBytes.ToString(CultureInfo.InvariantCulture),
                    s.Problem ?? s.Message,
                }));
            if (page.Skipped + page.Snapshots.Count < page.Total)
            {
                run.Say($"{page.Snapshots.Count} of {page.Total}; --skip {page.Skipped + page.Snapshots.Count} shows the next.");
            }

            return;
        }

        run.WriteJson(json =>
        {
            json.WriteStartArray();
            foreach (var snapshot in page.Snapshots)
            {
                json.WriteStartObject();
                json.WriteString("id", snapshot.Id);
                json.WriteString("kind", snapshot.Kind);
                json.WriteString("collection", snapshot.Collection);
                json.WriteTime("created_at", snapshot.CreatedAt);
                json.WriteString("message", snapshot.Message);
                json.WriteNumber("artifact_count", snapshot.ArtifactCount);
                json.WriteNumber("size_bytes", snapshot.SizeBytes);
                json.WriteString("problem", snapshot.Problem);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }
}
