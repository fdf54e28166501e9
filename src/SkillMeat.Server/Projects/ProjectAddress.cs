using System.Security.Cryptography;
using System.Text;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Registry;

namespace SkillMeat.Server.Projects;

/// <summary>Finds projects by what addresses and requests call them.</summary>
internal sealed class ProjectAddress(ProjectRegistry registry)
{
    /// <summary>Stands for the user's own folders, such as <c>~/.claude</c>.</summary>
    public const string User = "~";

    private const int IdBytes = 8;

    /// <summary>Returns the id of a project, which needs no escapes in an address.</summary>
    public static string IdOf(string path) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(path)).AsSpan(0, IdBytes)).ToLowerInvariant();

    /// <summary>Returns the path of a project. A part of an address is read with <see cref="Definitions.AddressName"/> before.</summary>
    /// <param name="wanted">The id or name of a registered project, or the path of any folder.</param>
    /// <exception cref="SkillMeatException">There is no such project.</exception>
    public string Find(string wanted)
    {
        FolderPath.Check(wanted);
        // Relative paths would start from the folder in which the service happens to run.
        return FindId(wanted) ?? (Path.IsPathFullyQualified(wanted) ? wanted : FindByName(wanted));
    }

    /// <summary>Returns the path of a registered project by its id, or null if it is no id.</summary>
    public string? FindId(string text) => text.Length == IdBytes * 2 ? registry.List().FirstOrDefault(project => IdOf(project.Path) == text)?.Path : null;

    /// <summary>Describes a project.</summary>
    /// <inheritdoc cref="Find"/>
    public Project Get(string wanted) => registry.Get(Find(wanted));

    /// <summary>Returns the paths of all registered projects whose folders are there.</summary>
    public IReadOnlyList<string> FindAll() => [.. registry.List().Where(project => !project.IsMissing).Select(project => project.Path)];

    private string FindByName(string name)
    {
        var all = registry.List();
        switch (all.Where(project => project.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList())
        {
            case [var one]:
                return one.Path;
            case []:
                var nearest = NearestName.Find(name, all.Select(project => project.Name));
                var advice = nearest is null ? "Register its folder, or name a folder by its full path." : $"Did you mean '{nearest}'?";
                throw new SkillMeatException(ErrorIds.ProjectNotFound, $"No project '{name}' is registered. {advice}") { Nearest = nearest };
            case var several:
                throw new SkillMeatException(ErrorIds.ProjectNotFound, $"Several projects have the name '{name}': {string.Join(", ", several.Select(project => $"'{project.Path}'"))}. Use the id of one.");
        }
    }
}
