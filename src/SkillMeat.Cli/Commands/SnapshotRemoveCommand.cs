using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Errors;
using SkillMeat.Snapshots;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm snapshot remove</c>.</summary>
internal static class SnapshotRemoveCommand
{
    private const int MostNamed = 3;

    public static Command Create(CommandFactory commands)
    {
        var id = SnapshotOptions.Ids();
        var collection = ArtifactOptions.Collection();
        var keepLast = new Option<int?>("--keep-last") { Description = "Remove automatic snapshots except the newest N.", HelpName = "N" };
        var olderThan = new Option<string?>("--older-than") { Description = "Remove automatic snapshots older than this: 30d, 12h, 45m, 2w.", HelpName = "AGE" };
        var yes = new YesOption();
        return commands.Create(
            "remove",
            "Removes snapshots by id, or old automatic ones. This cannot be undone.",
            [id, collection, keepLast, olderThan, yes.Symbol],
            async (run, parsed, cancellationToken) =>
            {
                var ids = parsed.GetValue(id) ?? [];
                var (kept, age) = (parsed.GetValue(keepLast), parsed.GetValue(olderThan) is { } text ? Age.Parse(olderThan.Name, text) : (TimeSpan?)null);
                if (ids.Length > 0 == (kept is not null || age is not null))
                {
                    throw new SkillMeatException(ErrorIds.InvalidArgument, $"Name the snapshots, or select old ones with {keepLast.Name} and {olderThan.Name}.");
                }

                if (kept < 0)
                {
                    throw new SkillMeatException(ErrorIds.InvalidArgument, $"{keepLast.Name} must be 0 or more.");
                }

                var store = run.OpenHome();
                var name = parsed.GetValue(collection) ?? store.ActiveCollection;
                var snapshots = new CollectionSnapshots(store);
                IReadOnlyList<SnapshotInfo> chosen = ids.Length == 0 ? snapshots.FindOld(name, kept, age) : [.. ids.Distinct().Select(one => snapshots.Find(name, one))];
                if (chosen.Count > 0)
                {
                    if (!yes.Agrees(run, parsed, "A removal", $"Remove {Describe(chosen)} of '{name}'? This cannot be undone."))
                    {
                        return ExitCode.Error;
                    }

                    await snapshots.RemoveAsync(name, [.. chosen.Select(snapshot => snapshot.SnapshotId)], run.LockTimeout, cancellationToken);
                }

                SnapshotOutput.WriteRemoved(run, name, chosen);
                return ExitCode.Success;
            });
    }

    private static string Describe(IReadOnlyList<SnapshotInfo> snapshots) => snapshots.Count <= MostNamed
        ? $"snapshot {string.Join(", ", snapshots.Select(snapshot => snapshot.SnapshotId))}"
        : $"{snapshots.Count} snapshots, from {snapshots.Min(snapshot => snapshot.SnapshotId)} to {snapshots.Max(snapshot => snapshot.SnapshotId)},";
}
