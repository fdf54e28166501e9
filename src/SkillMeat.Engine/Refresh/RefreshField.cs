using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Refresh;

/// <summary>A field of an artifact that a refresh can update from upstream. The instances are the static fields of this class.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class RefreshField
{
    /// <summary>The tags.</summary>
    public static readonly RefreshField Tags = new("tags", "Tags of the artifact's front matter, else the repository's topics. Tags of your own stay.");

    /// <summary>The description.</summary>
    public static readonly RefreshField Description = new("description", "Description of the artifact's front matter, else the repository's.");

    /// <summary>The category.</summary>
    public static readonly RefreshField Category = new("category", "Category of the artifact's front matter.");

    /// <summary>The licence.</summary>
    public static readonly RefreshField License = new("license", "Licence of the artifact's front matter, else the repository's (SPDX id).");

    /// <summary>Whether the artifact is deprecated.</summary>
    public static readonly RefreshField Deprecated = new("deprecated", "Whether the front matter calls the artifact deprecated, or its repository is archived.");

    /// <summary>The author.</summary>
    public static readonly RefreshField Author = new("author", "Author of the artifact's front matter.");

    /// <summary>The kind of host that the artifact comes from.</summary>
    public static readonly RefreshField OriginSource = new("origin_source", "For artifacts from a marketplace: the kind of host they come from (github, gitlab, bitbucket).");

    private RefreshField(string name, string meaning)
    {
        Name = name;
        Meaning = meaning;
    }

    /// <summary>All fields, in the order of the help texts.</summary>
    public static IReadOnlyList<RefreshField> All { get; } = [Tags, Description, Category, License, Deprecated, Author, OriginSource];

    /// <summary>The name of the field, as in <c>--fields tags</c>.</summary>
    public string Name { get; }

    /// <summary>A sentence that describes the origin of the value.</summary>
    public string Meaning { get; }

    /// <summary>Parses field names.</summary>
    /// <param name="names">The names, in any case; an item may contain several names separated by commas.</param>
    /// <returns>The fields without duplicates; all fields if there are no names.</returns>
    /// <exception cref="SkillMeatException">
    /// With <see cref="ErrorIds.InvalidArgument"/> if a name is not a field; the message lists the valid fields and suggests the nearest.
    /// </exception>
    public static IReadOnlyList<RefreshField> Parse(IEnumerable<string> names)
    {
        var given = names.ToList();
        var fields = given
            .SelectMany(n => n.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Select(ParseOne)
            .Distinct()
            .ToList();
        return fields.Count > 0 ? fields
            : given.Count == 0 ? All
            : throw new SkillMeatException(ErrorIds.InvalidArgument, $"No field is named. Valid fields: {string.Join(", ", All.Select(f => f.Name))}.");
    }

    /// <summary>Returns the name of the field.</summary>
    /// <returns><see cref="Name"/>.</returns>
    public override string ToString() => Name;

    private static RefreshField ParseOne(string name)
    {
        var wanted = name.Replace('-', '_');
        return All.FirstOrDefault(f => f.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            ?? throw new SkillMeatException(
                ErrorIds.InvalidArgument,
                $"'{name}' is not a field. {SuggestFor(wanted)}Valid fields: {string.Join(", ", All.Select(f => f.Name))}.");
    }

    private static string SuggestFor(string name) =>
        NearestName.Find(name, All.Select(f => f.Name)) is { } nearest ? $"Did you mean '{nearest}'? " : "";
}
