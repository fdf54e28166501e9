using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Errors;
using SkillMeat.Snapshots;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm snapshot verify</c>.</summary>
internal static class SnapshotVerifyCommand
{
    public static Command Create(CommandFactory commands)
    {
        var id = SnapshotOptions.Ids();
        var collection = ArtifactOptions.Collection();
        var all = new Option<bool>("--all") { Description = "Verify all snapshots of the collection." };
        return commands.Create("verify", "Reads all content of snapshots and compares it with its checksums. The exit code is 1 if there are problems.", [id, collection, all], async (run, parsed, cancellationToken) =>
        {
            var ids = parsed.GetValue(id) ?? [];
            if (parsed.GetValue(all) == ids.Length > 0)
            {
                throw new SkillMeatException(ErrorIds.InvalidArgument, "Name the snapshots, or use --all to verify every one.");
            }

            var store = run.OpenHomeToRead();
            var name = parsed.GetValue(collection) ?? store.ActiveCollection;
            var snapshots = new CollectionSnapshots(store);
            // A missing snapshot is reported before the others are read.
            var chosen = ids.Length == 0 ? snapshots.List(name, take: int.MaxValue).Snapshots : [.. ids.Distinct().Select(one => snapshots.Find(name, one))];
            var checks = new List<SnapshotCheck>();
            using (run.ShowProgress("Verifying…"))
            {
                foreach (var snapshot in chosen)
                {
                    checks.Add(await snapshots.VerifyAsync(name, snapshot.SnapshotId, cancellationToken));
                }
            }

            SnapshotCheckOutput.Write(run, checks);
            return checks.TrueForAll(check => check.IsSound) ? ExitCode.Success : ExitCode.Error;
        });
    }
}
