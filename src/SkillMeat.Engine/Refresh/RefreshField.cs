using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Toml;
using SkillMeat.Upstream;
using SkillMeat.Upstream.FrontMatters;

namespace SkillMeat.Refresh;

/// <summary>A field of an artifact that a refresh can update from upstream. The instances are the static fields of this class.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class RefreshField
{
    // One object for all artifacts.
    private static readonly object _yes = true;
    private static readonly object _no = false;

    /// <summary>The tags.</summary>
    public static readonly RefreshField Tags = new("tags", "Tags of the artifact's front matter, else the repository's topics. Tags of your own stay.", artifact => artifact.Tags)
    {
        OfRepository = facts => facts.Topics.Count > 0 ? facts.Topics : null,
        Combine = (artifact, told) => CombineTags(artifact, (IReadOnlyList<string>)told),
        Write = (edit, value, told) => edit with { Tags = (IReadOnlyList<string>)value!, ImportedTags = told.Tags },
    };

    /// <summary>The description.</summary>
    public static readonly RefreshField Description = new("description", "Description of the artifact's front matter, else the repository's.", artifact => artifact.Description, ArtifactPlace.Metadata)
    {
        OfRepository = facts => facts.Description,
        RecordsRepository = true,
        // One that somebody wrote is not the repository's to change.
        RepositoryMayWrite = (artifact, _) => artifact.Description is null,
    };

    /// <summary>The category.</summary>
    public static readonly RefreshField Category = new("category", "Category of the artifact's front matter.", artifact => artifact.Category, ArtifactPlace.Extra);

    /// <summary>The licence.</summary>
    public static readonly RefreshField License = new("license", "Licence of the artifact's front matter, else the repository's (SPDX id).", artifact => artifact.License, ArtifactPlace.Metadata)
    {
        // The licence of a repository is that of everything in it.
        OfRepository = facts => facts.License,
    };

    /// <summary>Whether the artifact is deprecated.</summary>
    public static readonly RefreshField Deprecated = new("deprecated", "Whether the front matter calls the artifact deprecated, or its repository is archived.", artifact => artifact.Deprecated, ArtifactPlace.Extra)
    {
        OfRepository = facts => facts.IsArchived ? _yes : _no,
        RecordsRepository = true,
        // That it is not archived is not worth writing down for one that nobody ever called deprecated.
        RepositoryMayWrite = (artifact, told) => artifact.Deprecated is null && told is true,
        Imported = artifact => artifact.ImportedDeprecated,
        Clear = artifact => artifact with { Deprecated = null, ImportedDeprecated = null },
        Write = (edit, value, told) => edit with { Values = [.. edit.Values, .. WriteDeprecated((bool?)value, told)] },
    };

    /// <summary>The author.</summary>
    public static readonly RefreshField Author = new("author", "Author of the artifact's front matter.", artifact => artifact.Author, ArtifactPlace.Metadata);

    /// <summary>The kind of host that the artifact comes from.</summary>
    public static readonly RefreshField OriginSource = new("origin_source", "For artifacts from a marketplace: the kind of host they come from (github, gitlab, bitbucket).", artifact => artifact.OriginSource, ArtifactPlace.Entry)
    {
        OfArtifact = (tracked, _) => tracked.Artifact.Origin == ArtifactOrigin.Marketplace ? HostKind(tracked.Source!.Repository) : null,
    };

    /// <param name="name">The name.</param>
    /// <param name="meaning">The source of the value, in words.</param>
    /// <param name="current">Reads the value in the manifest; null for none.</param>
    /// <param name="place">The table of the manifest that the value is written to, under the name.</param>
    private RefreshField(string name, string meaning, Func<Artifact, object?> current, ArtifactPlace place = ArtifactPlace.Entry)
    {
        Name = name;
        Meaning = meaning;
        Current = current;
        OfArtifact = (_, frontMatter) => frontMatter.Find(name);
        Write = (edit, value, _) => edit with { Values = [.. edit.Values, (place, name, TomlValue.Of((string)value!))] };
    }

    /// <summary>All fields, in the order of the help texts.</summary>
    public static IReadOnlyList<RefreshField> All { get; } = Number([Tags, Description, Category, License, Deprecated, Author, OriginSource]);

    /// <summary>The name of the field, as in <c>--fields tags</c>.</summary>
    public string Name { get; }

    /// <summary>A sentence that describes the origin of the value.</summary>
    public string Meaning { get; }

    /// <summary>The index in <see cref="All"/>.</summary>
    internal int Place { get; private set; }

    /// <summary>The value in the manifest; null for none.</summary>
    internal Func<Artifact, object?> Current { get; }

    /// <summary>The value that the artifact itself has upstream, by default that of the key of the same name in its front matter; null when it does not say.</summary>
    internal Func<TrackedArtifact, FrontMatter, object?> OfArtifact { get; init; }

    /// <summary>The value that the repository has for an artifact that does not say; null for none.</summary>
    internal Func<RepositoryFacts, object?> OfRepository { get; init; } = _ => null;

    /// <summary>Whether the manifest records that a value is the repository's, which may replace it later.</summary>
    internal bool RecordsRepository { get; init; }

    /// <summary>Whether the repository's value may replace one that is not recorded as the repository's.</summary>
    internal Func<Artifact, object, bool> RepositoryMayWrite { get; init; } = (_, _) => true;

    /// <summary>Makes the new value of the artifact and upstream's value.</summary>
    internal Func<Artifact, object, object> Combine { get; init; } = (_, told) => told;

    /// <summary>The value that is recorded as the front matter's. It goes when it is no longer there. Null for none, and for fields that stay.</summary>
    internal Func<Artifact, object?> Imported { get; init; } = _ => null;

    /// <summary>Makes the artifact without the value that came from its front matter.</summary>
    internal Func<Artifact, Artifact> Clear { get; init; } = artifact => artifact;

    /// <summary>Adds the new value to an edit of the manifest; null removes the field.</summary>
    internal Func<ArtifactEdit, object?, UpstreamFields, ArtifactEdit> Write { get; init; }

    /// <summary>Parses field names.</summary>
    /// <param name="names">The names, in any case; an item may contain several names separated by commas.</param>
    /// <returns>The fields without duplicates; all fields if there are no names, or only empty ones.</returns>
    /// <exception cref="SkillMeatException">
    /// With <see cref="ErrorIds.InvalidArgument"/> if a name is not a field; the message lists the valid fields and suggests the nearest.
    /// </exception>
    public static IReadOnlyList<RefreshField> Parse(IEnumerable<string> names)
    {
        var fields = names
            .SelectMany(n => n.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Select(ParseOne)
            .Distinct()
            .ToList();
        return fields.Count > 0 ? fields : All;
    }

    /// <summary>Returns the name of the field.</summary>
    /// <returns><see cref="Name"/>.</returns>
    public override string ToString() => Name;

    private static RefreshField[] Number(RefreshField[] fields)
    {
        for (var place = 0; place < fields.Length; place++) fields[place].Place = place;
        return fields;
    }

    private static RefreshField ParseOne(string name)
    {
        var wanted = name.Replace('-', '_');
        return All.FirstOrDefault(f => f.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            ?? throw new SkillMeatException(
                ErrorIds.InvalidArgument,
                $"'{name}' is not a field. {SuggestFor(wanted)}Valid fields: {string.Join(", ", All.Select(f => f.Name))}.");
    }

    /// <summary>
    /// Upstream's tags replace those that came from upstream before; all others are the user's own and stay, in their places.
    /// Where it was never recorded which came from upstream, none is taken away. One that the user removed does not come back.
    /// </summary>
    private static TextValues CombineTags(Artifact artifact, IReadOnlyList<string> told)
    {
        // An artifact has each of its tags once.
        if (artifact.Tags.SequenceEqual(told, StringComparer.Ordinal)) return artifact.Tags;
        if (artifact.RemovedTags.Count > 0) told = [.. told.Except(artifact.RemovedTags, StringComparer.Ordinal)];
        var withdrawn = (artifact.ImportedTags ?? []).Except(told, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        return TextValues.Of(artifact.Tags.Where(t => !withdrawn.Contains(t)).Concat(told).Distinct(StringComparer.Ordinal));
    }

    /// <summary>Writes the flag, and into the copy of the front matter, whether that says so.</summary>
    private static IEnumerable<(ArtifactPlace Place, string Key, TomlValue? Value)> WriteDeprecated(bool? value, UpstreamFields told)
    {
        var flag = value is { } known ? TomlValue.Of(known) : null;
        yield return (ArtifactPlace.Extra, "deprecated", flag);
        yield return (ArtifactPlace.FrontMatter, "deprecated", told.IsOwn(Deprecated) ? flag : null);
    }

    private static string? HostKind(RepositoryAddress repository) => repository switch
    {
        { Kind: RepositoryKind.GitHub } => "github",
        { Url.Host: var host } when host.Contains("gitlab", StringComparison.OrdinalIgnoreCase) => "gitlab",
        { Url.Host: var host } when host.Contains("bitbucket", StringComparison.OrdinalIgnoreCase) => "bitbucket",
        _ => null,
    };

    private static string SuggestFor(string name) =>
        NearestName.Find(name, All.Select(f => f.Name)) is { } nearest ? $"Did you mean '{nearest}'? " : "";
}
