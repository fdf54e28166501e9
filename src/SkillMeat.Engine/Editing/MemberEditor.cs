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
    /// <summary>Adds, removes or sets members.</summary>
    /// <exception cref="SkillMeatException">
    /// <see cref="ErrorIds.ArtifactNotFound"/>: the collection does not have an artifact to add, or the group does not have a member to remove.
    /// </exception>
    /// <exception cref="DataFileException">The members in the manifest are not a list of strings.</exception>
    public void Apply(ManifestEdit edit)
    {
        var members = Read();
        if (edit.Position < 0) throw new SkillMeatException(ErrorIds.InvalidArgument, $"A position is 0 or more, and {edit.Position} was given.");
        var changed = edit.Action switch
        {
            EditAction.AddMembers => Add(members, edit),
            EditAction.SetMembers => Replace(members, edit),
            _ => Remove(members, edit),
        };
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
        var present = members.ToLookup(IdOf, StringComparer.Ordinal);
        if (edit.Position is not { } position) return [.. members, .. added.Where(id => !present.Contains(id))];
        var wanted = added.ToHashSet(StringComparer.Ordinal);
        var others = members.FindAll(member => !wanted.Contains(IdOf(member)));
        // A member that moves keeps its spelling.
        others.InsertRange(Math.Min(position, others.Count), added.Select(id => present[id].FirstOrDefault() ?? id));
        return others;
    }

    private List<string> Replace(List<string> members, ManifestEdit edit)
    {
        var present = members.ToLookup(IdOf, StringComparer.Ordinal);
        return [.. edit.Items.Select(item => present[IdOf(item)].FirstOrDefault() ?? collection.Find(item).ArtifactId).DistinctBy(IdOf, StringComparer.Ordinal)];
    }

    private List<string> Remove(List<string> members, ManifestEdit edit)
    {
        var present = members.ToLookup(GroupMembers.TextOf, StringComparer.Ordinal);
        var removed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in edit.Items)
        {
            var same = GroupMembers.IdOf(item) is null ? [] : present[GroupMembers.TextOf(item)].ToList();
            removed.UnionWith(same.Count > 0 ? same : GroupMembers.Find(members, item, nameOf(group), collection.Name));
        }

        return members.FindAll(member => !removed.Contains(member));
    }

    // A member may be the name of the only artifact that has it, or spell its type in another way.
    private string IdOf(string member) => GroupMembers.IdOf(member)?.ToString() ?? (collection.FindByName(member) is [var only] ? only.ArtifactId : member);
}
