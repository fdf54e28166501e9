using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Errors;
using SkillMeat.Snapshots;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm snapshot export</c>.</summary>
internal static class SnapshotExportCommand
{
    public static Command Create(CommandFactory commands)
    {
        var id = SnapshotOptions.Id();
        var collection = ArtifactOptions.Collection();
        var output = new Option<string?>("--output", "-o") { Description = "The new file. Default: a file in the home, listed for Python SkillMeat.", HelpName = "PATH" };
        var force = new Option<bool>("--force") { Description = "Replace an existing file." };
        return commands.Create("export", "Writes a snapshot as a tarball that Python SkillMeat can restore.", [id, collection, output, force], async (run, parsed, cancellationToken) =>
        {
            var path = parsed.GetValue(output);
            if (path is not null && string.IsNullOrWhiteSpace(path))
            {
                throw new SkillMeatException(ErrorIds.InvalidArgument, $"{output.Name} is empty. Give a file.");
            }

            var store = run.OpenHome();
            SnapshotExport export;
            using (run.ShowProgress("Writing the tarball…"))
            {
                export = await new CollectionSnapshots(store).ExportAsync(parsed.GetValue(collection), parsed.GetRequiredValue(id), path, overwrite: parsed.GetValue(force), run.LockTimeout, cancellationToken);
            }

            SnapshotExportOutput.Write(run, export);
            return ExitCode.Success;
        });
    }
}
