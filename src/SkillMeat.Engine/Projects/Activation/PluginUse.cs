using System.Text.Json;
using SkillMeat.Artifacts;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Deploying;

namespace SkillMeat.Projects.Activation;

/// <summary>The files of its plugin that an artifact's commands name.</summary>
/// <param name="IsHooksFolder">Whether the artifact is the folder of hooks of the plugin instead of the plugin.</param>
/// <param name="Missing">The named files that are not in the artifact.</param>
/// <param name="ReadsVariable">Whether a command reads the variable in a form that cannot be replaced.</param>
internal sealed record PluginUse(bool IsHooksFolder, IReadOnlyList<string> Missing, bool ReadsVariable)
{
    /// <summary>Finds the files.</summary>
    /// <param name="settings">The hooks or servers.</param>
    /// <param name="folder">The full path of the artifact's files.</param>
    /// <param name="below">The path in it for which the variable stands.</param>
    /// <param name="mayBeHooksFolder">Whether it can be the folder of hooks.</param>
    public static PluginUse Find(JsonElement settings, string folder, string below, bool mayBeHooksFolder)
    {
        var references = PluginReferences.Find(settings).ToList();
        var isHooksFolder = mayBeHooksFolder && references.Exists(one => one.IsInHooks && !IsThere(one.Paths) && IsThere(one.Paths.Select(PluginReference.WithoutHooks)));
        var missing = references.Where(one => one.IsReplaced && !IsThere(isHooksFolder ? one.Paths.Select(PluginReference.WithoutHooks) : one.Paths))
            .Select(one => one.Path is { } path ? $"{below}/{path}".Trim('/') : "..").Distinct(StringComparer.Ordinal);
        return new PluginUse(isHooksFolder, [.. missing], references.Exists(one => !one.IsReplaced));

        bool IsThere(IEnumerable<string?> paths) => paths.Any(path => path is not null && Path.Exists(Path.Combine(folder, $"{below}/{path}".TrimStart('/').Replace('/', Path.DirectorySeparatorChar))));
    }

    /// <summary>Describes files that are not there and that a program can still make; null if there are none.</summary>
    /// <param name="artifact">The artifact.</param>
    /// <param name="isPart">Whether the artifact is a part of a plugin, so that they never come.</param>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ArtifactInvalid"/>: files are in the rest of the plugin.</exception>
    public string? Check(ArtifactId artifact, bool isPart)
    {
        if (Missing.Count > 0 && isPart)
        {
            throw new SkillMeatException(
                ErrorIds.ArtifactInvalid,
                $"{artifact} cannot be activated: its commands use {ShortList.Of(Missing.Select(Shown).ToList())} of its plugin, and it has only a part of that. "
                + $"Remove it from the collection, and add the folder of the plugin as a {artifact.Type}.");
        }

        var missing = Missing.Count > 0 ? $"Its commands use {ShortList.Of(Missing.Select(Shown).ToList())} of its plugin, which it does not have." : null;
        var variable = ReadsVariable ? $"A command reads {PluginLayout.RootVariable} itself, which only the commands of an installed plugin can." : null;
        return missing is null ? variable : variable is null ? missing : $"{missing} {variable}";
    }

    private static string Shown(string path) => path.Length == 0 ? "the folder" : $"'{path}'";
}
