using System.Text.Json;
using SkillMeat.Projects.Profiles;
using SkillMeat.Storage.Files;
using SkillMeat.Upstream;

namespace SkillMeat.Projects.Adoption.Origins;

/// <summary>Reads which plugins Claude Code has installed, for the user and for projects.</summary>
internal static class InstalledPlugins
{
    private const int Version = 2;

    /// <summary>Reads the plugins of a project or of the user.</summary>
    /// <param name="site">The project.</param>
    /// <param name="user">The folders of the user, who has the records of all projects, too.</param>
    /// <param name="tool">Reads files.</param>
    public static IReadOnlyList<InstalledPlugin> Read(ProjectSite site, AgentFolders user, ToolFile tool)
    {
        var path = Path.GetFullPath(Path.Combine(user.Expand("~/.claude"), "plugins", "installed_plugins.json"));
        if (tool.Read(path, Version) is not { } json) return [];
        var found = new List<InstalledPlugin>();
        foreach (var (name, entries) in ToolFile.Members(ToolFile.Find(json, "plugins")))
        {
            if (entries.ValueKind != JsonValueKind.Array) continue;
            foreach (var entry in entries.EnumerateArray().Where(entry => entry.ValueKind == JsonValueKind.Object && IsOf(site, entry)))
            {
                if (ToolFile.Text(entry, "installPath") is not { } folder || !Path.IsPathFullyQualified(folder) || !Directory.Exists(folder))
                {
                    tool.WarnOfEntry(path, name, "its folder is gone");
                    continue;
                }

                var commit = RefSpec.Parse(ToolFile.Text(entry, "gitCommitSha"));
                var at = name.LastIndexOf('@');
                found.Add(new InstalledPlugin(
                    at > 0 ? name[..at] : name,
                    at > 0 ? name[(at + 1)..] : "",
                    Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)),
                    ToolFile.Text(entry, "version") is { } version && version != "unknown" ? version : null,
                    commit.IsFullCommit ? commit.Name!.ToLowerInvariant() : null));
            }
        }

        return [.. found.DistinctBy(plugin => plugin.Folder, PathEquality.Comparer)];
    }

    private static bool IsOf(ProjectSite site, JsonElement entry)
    {
        var project = ToolFile.Text(entry, "scope") is "project" or "local" ? ToolFile.Text(entry, "projectPath") : null;
        if (site.User is not null) return project is null && ToolFile.Text(entry, "scope") is not ("project" or "local");
        if (project is null || !Path.IsPathFullyQualified(project) || !Directory.Exists(project)) return false;
        try
        {
            return PathEquality.Comparer.Equals(LinkTarget.RealFolder(project), site.Folder);
        }
        catch (Errors.StorageException)
        {
            // A project that can be adopted from can be resolved.
            return false;
        }
    }
}
