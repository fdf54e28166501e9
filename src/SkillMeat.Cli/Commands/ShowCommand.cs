using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm show</c>.</summary>
internal static class ShowCommand
{
    public static Command Create(CommandFactory commands)
    {
        var name = new Argument<string>("artifact") { Description = "The artifact: its name, or type:name where several share the name." };
        var collection = ArtifactOptions.Collection();
        return commands.Create("show", "Shows one artifact.", [name, collection], (run, parsed) =>
        {
            var artifact = Find(run.OpenHome().Read(parsed.GetValue(collection)), parsed.GetRequiredValue(name));
            if (run.IsJson)
            {
                run.WriteJson(json => ArtifactOutput.Write(json, artifact));
            }
            else
            {
                ArtifactOutput.WriteDetails(run, artifact);
            }

            return ExitCode.Success;
        });
    }

    private static Artifact Find(Collection collection, string wanted)
    {
        // A colon may be part of a name, so a name that fits as a whole comes first.
        var found = collection.Artifacts.Where(a => a.Name == wanted).ToList();
        if (found.Count == 0 && wanted.Contains(':', StringComparison.Ordinal))
        {
            var id = ArtifactId.Parse(wanted);
            found = collection.Artifacts.Where(a => a.Id == id).ToList();
        }

        return found switch
        {
            [var one] => one,
            [] => throw new SkillMeatException(ErrorIds.ArtifactNotFound, $"Collection '{collection.Name}' has no artifact '{wanted}'. 'skm list' shows what it has."),
            _ => throw new SkillMeatException(ErrorIds.ArtifactNotFound, $"'{wanted}' can be {string.Join(" or ", found.Select(a => a.Id))}. Say which."),
        };
    }
}
