using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Toml;

namespace SkillMeat.Editing;

/// <summary>Edits the members of a group.</summary>
/// <param name="group">The group.</param>
/// <param name="collection">The collection.</param>
/// <param name="nameOf">Returns the name of the group.</param>
internal sealed class MemberEditor(TomlTable group, Collection collection, Func<TomlTable, string?> nameOf)
{
    /// <summary>Adds or removes members.</summary>
    /// <exception cref="SkillMeatException">
    /// <see cref="ErrorIds.ArtifactNotFound"/>: the collection does not have an artifact to add, or the group does not have a member to remove.
    /// </exception>
    /// <exception cref="DataFileException">The members in the manifest are not a list of strings.</exception>
    public void Apply(ManifestEdit edit)
    {
        var members = Read();
        if (edit.Position < 0) throw new SkillMeatException(ErrorIds.InvalidArgument, $"A position is 0 or more, and {edit.Position} was given.");
        var changed = edit.Action == EditAction.AddMembers ? Add(members, edit) : Remove(members, edit);
        if (!changed.SequenceEqual(members, StringComparer.Ordinal)) group.Set(ListShape.MembersKey, TomlValue.Of(changed));
    }

    private List<string> Read()
    {
        if (group.Find(ListShape.MembersKey) is not { } value) return [];
        return value.TryTexts() is { } texts ? [.. texts] : value is { Kind: TomlValueKind.Array } && value.AsArray().Count == 0 ? [] : throw value.Mismatch("a list of strings");
    }

    private List<string> Add(List<string> members, ManifestEdit edit)
    {
        var added = edit.Items.Select(item => collection.Find(item).ArtifactId).Distinct(StringComparer.Ordinal).ToList();
        if (edit.Position is not { } position) return [.. members, .. added.Where(id => !members.Exists(member => IsSame(member, id)))];
        // A member that moves keeps its spelling.
        var moved = added.ConvertAll(id => members.Find(member => IsSame(member, id)) ?? id);
        var others = members.FindAll(member => !added.Exists(id => IsSame(member, id)));
        others.InsertRange(Math.Min(position, others.Count), moved);
        return others;
    }

    private List<string> Remove(List<string> members, ManifestEdit edit)
    {
        var removed = edit.Items.SelectMany(item => GroupMembers.Find(members, item, nameOf(group), collection.Name)).ToHashSet(StringComparer.Ordinal);
        return members.FindAll(member => !removed.Contains(member));
    }

    // A member may be a name alone, or spell its type in another way.
    private bool IsSame(string member, string id) => GroupMembers.TextOf(member).Equals(id, StringComparison.Ordinal)
        || (GroupMembers.IdOf(member) is null && collection.Artifacts.Count(artifact => artifact.Name == member) == 1 && GroupMembers.NameIn(id) == member);
}
