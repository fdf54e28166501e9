using SkillMeat.Collections;

namespace SkillMeat.Server.Artifacts;

/// <summary>The groups of each artifact of a collection.</summary>
internal sealed class GroupNames
{
    private readonly Dictionary<string, List<string>> _groups = new(StringComparer.Ordinal);

    private GroupNames()
    {
    }

    public static GroupNames Of(Collection collection)
    {
        var names = new GroupNames();
        foreach (var group in collection.GroupDefinitions.Where(group => group.Name is not null))
        {
            foreach (var member in group.Members.Distinct(StringComparer.Ordinal))
            {
                if (!names._groups.TryGetValue(member, out var groups)) names._groups[member] = groups = [];
                groups.Add(group.Name!);
            }
        }

        return names;
    }

    public IReadOnlyList<string> Find(string artifactId) => _groups.TryGetValue(artifactId, out var groups) ? groups : [];
}
