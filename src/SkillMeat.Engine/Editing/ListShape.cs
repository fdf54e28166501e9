using System.Text.RegularExpressions;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Editing;

/// <summary>The rules of one of the lists of a manifest.</summary>
/// <param name="Key">The key in the manifest.</param>
/// <param name="Noun">The kind of an entry, for messages.</param>
/// <param name="Texts">The keys of texts that can be edited, in the order in which a new entry has them.</param>
/// <param name="HasPositions">Whether the entries say their positions.</param>
internal sealed partial record ListShape(string Key, string Noun, IReadOnlyList<string> Texts, bool HasPositions)
{
    public const string NameKey = "name";
    public const string PositionKey = "position";
    public const string MembersKey = "members";
    public const string EnvironmentKey = "env_vars";
    public const string SlugKey = "slug";

    private const string ServersKey = "mcp_servers";
    private const string RepoKey = "repo";
    private const string ColorKey = "color";

    /// <summary>Returns the shape of a list.</summary>
    public static ListShape Of(ManifestList list) => list switch
    {
        ManifestList.Groups => new ListShape("groups", "group", ["description", ColorKey, "icon"], HasPositions: true),
        ManifestList.McpServers => new ListShape(ServersKey, "MCP server", [RepoKey, "version", "description"], HasPositions: false),
        _ => new ListShape("tag_definitions", "tag definition", [SlugKey, ColorKey, "description"], HasPositions: false),
    };

    /// <summary>The value that a new entry has if none is given, as Python SkillMeat writes it.</summary>
    public static string DefaultOf(string key, string name) => key switch
    {
        SlugKey => SlugOf(name),
        "version" => "latest",
        _ => "",
    };

    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: an entry cannot have this name.</exception>
    public void CheckName(string name)
    {
        var problem = EditableText.DescribeNameProblem(name) ?? (Key == ServersKey && !ServerName().IsMatch(name)
            ? "has other characters than letters of English, digits, '-' and '_', so Python SkillMeat could not read the collection any more" : null);
        if (problem is not null) throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{name}' cannot be the name of a {Noun}: it {problem}.");
    }

    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the list has no such key, or the key cannot have this value.</exception>
    public void CheckValue(string key, string? value)
    {
        if (!Texts.Contains(key)) throw new SkillMeatException(ErrorIds.InvalidArgument, $"A {Noun} has no '{key}' that can be edited; it has: {string.Join(", ", Texts)}.");
        if (key == RepoKey && Key == ServersKey) CheckRepository(value);
        if (value is null) return;
        EditableText.Check(value, key, $"a {Noun}");
        if (key == ColorKey && value.Length > 0 && !Color().IsMatch(value))
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{value}' is not a color. Write #rrggbb, such as #3b82f6, or a name of lower-case letters, such as slate; '' is none.");
        if (key == SlugKey && !Slug().IsMatch(value))
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{value}' is not a slug. Write lower-case letters, digits and single hyphens, such as {SlugOf(value)}.");
    }

    /// <summary>Checks what a new entry cannot do without.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: a value is missing.</exception>
    public void CheckNew(IReadOnlyDictionary<string, string?> values)
    {
        if (Key == ServersKey) CheckRepository(values.GetValueOrDefault(RepoKey));
    }

    // Python SkillMeat reads no other, and then nothing of the collection.
    private static void CheckRepository(string? value)
    {
        if (string.IsNullOrWhiteSpace(value)) throw new SkillMeatException(ErrorIds.InvalidArgument, "An MCP server needs a repository, such as owner/name: without one, Python SkillMeat could not read the collection any more.");
        if (!Repository().IsMatch(value))
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{value}' is not the repository of an MCP server. Write owner/name, or an address of GitHub, such as https://github.com/owner/name.");
    }

    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: an entry cannot have this environment variable. The message does not have its value, which may be secret.</exception>
    public static void CheckVariable(string name, string? value)
    {
        if (name.Length == 0 || name.Contains('=', StringComparison.Ordinal) || EditableText.DescribeProblem(name) is not null)
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{name}' cannot be the name of an environment variable: it is empty, too long, or contains '=' or a control character.");
        if (value is not null && (value.Contains('\0', StringComparison.Ordinal) || !EditableText.IsUnicode(value)))
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"The value of the environment variable '{name}' has a null character or half of a surrogate pair.");
    }

    private static string SlugOf(string name)
    {
        var slug = Other().Replace(name.ToLowerInvariant(), "-").Trim('-');
        return slug.Length == 0 ? "tag" : slug;
    }

    [GeneratedRegex("^(#[0-9a-fA-F]{3}|#[0-9a-fA-F]{6}|[a-z][a-z0-9-]{0,63})\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Color();

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Slug();

    [GeneratedRegex("^[a-zA-Z0-9_-]+\\z", RegexOptions.CultureInvariant)]
    private static partial Regex ServerName();

    [GeneratedRegex("^(https://github\\.com/)?[^\\s/]+/[^\\s/]+(/[^\\s/]+)*/?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Repository();

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Other();
}
