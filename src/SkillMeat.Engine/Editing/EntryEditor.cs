using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Toml;

namespace SkillMeat.Editing;

/// <summary>Edits the entries of one list of a manifest in memory.</summary>
/// <param name="manifest">The manifest.</param>
/// <param name="collection">The collection as the manifest was read.</param>
/// <param name="shape">The list.</param>
internal sealed class EntryEditor(Manifest manifest, Collection collection, ListShape shape)
{
    private readonly TomlTableArray _entries = manifest.TablesOf(shape.Key);

    /// <summary>Makes an edit.</summary>
    /// <exception cref="SkillMeatException">The entry does not exist or exists already, or a value is not valid.</exception>
    /// <exception cref="DataFileException">The entry is written in a way that this edit cannot change.</exception>
    public void Apply(ManifestEdit edit)
    {
        switch (edit.Action)
        {
            case EditAction.Create:
                Create(edit);
                break;
            case EditAction.Set:
                Set(Find(edit.Name), edit);
                break;
            case EditAction.Remove:
                _entries.Remove(new HashSet<TomlTable> { Find(edit.Name) });
                break;
            case EditAction.Order:
                var first = edit.Items.Select(Find).Distinct().ToList();
                Reorder([.. first, .. _entries.Except(first)]);
                break;
            default:
                Members(edit.Name).Apply(edit);
                break;
        }
    }

    private MemberEditor Members(string name) => shape.Key == ListShape.Of(ManifestList.Groups).Key
        ? new MemberEditor(Find(name), collection, NameOf)
        : throw new SkillMeatException(ErrorIds.InvalidArgument, $"A {shape.Noun} has no members.");

    private void Create(ManifestEdit edit)
    {
        Check(edit);
        CheckNew(edit.Name, except: null);
        CheckSlug(edit, except: null);
        shape.CheckNew(edit.Values);
        var position = shape.HasPositions ? _entries.Select(PositionOf).Append(_entries.Count - 1).Max() + 1 : 0;
        var entry = _entries.Add();
        entry.Set(ListShape.NameKey, TomlValue.Of(edit.Name));
        foreach (var key in shape.Texts) entry.Set(key, TomlValue.Of(edit.Values.GetValueOrDefault(key) ?? DefaultOf(key, edit.Name)));
        if (shape.HasPositions)
        {
            entry.Set(ListShape.PositionKey, TomlValue.Of(position));
            if (edit.Items.Count == 0) entry.Set(ListShape.MembersKey, TomlValue.Of(Array.Empty<string>()));
        }

        if (edit.Items.Count > 0) Members(edit.Name).Apply(edit with { Action = EditAction.AddMembers, Position = null });
        SetVariables(entry, edit.EnvVars);
        Move(entry, edit.Position);
    }

    private void Set(TomlTable entry, ManifestEdit edit)
    {
        Check(edit);
        if (edit.NewName is { } name && name != NameOf(entry))
        {
            CheckNew(name, entry);
            entry.Set(ListShape.NameKey, TomlValue.Of(name));
        }

        CheckSlug(edit, entry);

        foreach (var (key, value) in edit.Values)
        {
            if (value is null) entry.Remove(key);
            else entry.Set(key, TomlValue.Of(value));
        }

        SetVariables(entry, edit.EnvVars);
        Move(entry, edit.Position);
    }

    private void Check(ManifestEdit edit)
    {
        foreach (var (key, value) in edit.Values) shape.CheckValue(key, value);
        if (edit.EnvVars.Count > 0 && shape.HasPositions) throw new SkillMeatException(ErrorIds.InvalidArgument, $"A {shape.Noun} has no environment variables.");
        foreach (var (key, value) in edit.EnvVars) ListShape.CheckVariable(key, value);
        if (edit.Position < 0) throw new SkillMeatException(ErrorIds.InvalidArgument, $"A position is 0 or more, and {edit.Position} was given.");
    }

    private void CheckNew(string name, TomlTable? except)
    {
        shape.CheckName(name);
        var other = _entries.Where(entry => entry != except).Select(NameOf).FirstOrDefault(one => name.Equals(one, StringComparison.OrdinalIgnoreCase));
        if (other is not null) throw new SkillMeatException(ErrorIds.EntryExists, $"Collection '{collection.Name}' already has a {shape.Noun} '{other}'.");
    }

    // A tag is found by its slug in addresses, so two with the same could not be told apart.
    private void CheckSlug(ManifestEdit edit, TomlTable? except)
    {
        if (edit.Values.GetValueOrDefault(ListShape.SlugKey) is not { } slug || (except is not null && SlugOf(except) == slug)) return;
        if (FindSlug(slug, except) is not { } other) return;
        throw new SkillMeatException(ErrorIds.EntryExists, $"The {shape.Noun} '{NameOf(other)}' of collection '{collection.Name}' has the slug '{slug}' already. Choose another one.");
    }

    private string DefaultOf(string key, string name)
    {
        var text = ListShape.DefaultOf(key, name);
        if (key != ListShape.SlugKey) return text;
        var slug = text;
        for (var number = 2; FindSlug(slug, except: null) is not null; number++) slug = $"{text}-{number}";
        return slug;
    }

    private TomlTable? FindSlug(string slug, TomlTable? except) => _entries.FirstOrDefault(entry => entry != except && slug.Equals(SlugOf(entry), StringComparison.OrdinalIgnoreCase));

    private static string? SlugOf(TomlTable entry) => entry.FindText(ListShape.SlugKey);

    private static void SetVariables(TomlTable entry, IReadOnlyDictionary<string, string?> variables)
    {
        if (variables.Count == 0) return;
        var table = entry.Find(ListShape.EnvironmentKey)?.AsTable();
        foreach (var (name, value) in variables)
        {
            if (value is not null) (table ??= entry.GetOrAddTable(ListShape.EnvironmentKey)).Set(name, TomlValue.Of(value));
            else table?.Remove(name);
        }

        if (table is { IsEmpty: true }) entry.Remove(ListShape.EnvironmentKey);
    }

    private void Move(TomlTable entry, int? position)
    {
        if (position is not { } index) return;
        var order = _entries.Where(one => one != entry).ToList();
        order.Insert(Math.Min(index, order.Count), entry);
        Reorder(order);
    }

    private void Reorder(List<TomlTable> order)
    {
        if (!_entries.TryReorder(order))
        {
            var place = order[0].Position;
            throw new DataFileException(
                ErrorIds.InvalidData, Path.Combine(collection.Folder, HomeLayout.ManifestName), place.Line, place.Column, $"other tables stand between the lines of a {shape.Noun}, so the order cannot be changed; move them apart");
        }

        if (!shape.HasPositions) return;
        for (var i = 0; i < order.Count; i++) order[i].Set(ListShape.PositionKey, TomlValue.Of(i));
    }

    private TomlTable Find(string name) => _entries[EntryNames.Find([.. _entries.Select(NameOf)], name, shape.Noun, collection.Name)];

    private static string? NameOf(TomlTable entry) => entry.FindText(ListShape.NameKey);

    private static long PositionOf(TomlTable entry) => entry.Find(ListShape.PositionKey) is { Kind: TomlValueKind.Integer } position ? Math.Clamp(position.AsInteger(), -1, int.MaxValue) : -1;
}
