using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage.Files;

namespace SkillMeat.Upstream;

/// <summary>
/// The source of an artifact: a repository or folder, the path in it, and the version to follow. <see cref="Parse(string, SourceContext, string?)"/> reads it from user input and
/// manifests.
/// </summary>
/// <param name="Repository">The repository or folder.</param>
/// <param name="Path">The path in the repository, separated by <c>/</c>; empty for its root.</param>
/// <param name="Version">The version or ref that the text names; null if it names none.</param>
internal sealed record SourceSpec(RepositoryAddress Repository, string Path, string? Version)
{
    private const int MostNested = 8;
    private const int LongestRef = 5;

    /// <summary>The name of the folder that contains the path; that of the repository at its root.</summary>
    public string? ParentName
    {
        get
        {
            var folder = System.IO.Path.GetDirectoryName(Repository.Folder is { } local ? System.IO.Path.Combine(local, Path) : Path);
            return System.IO.Path.GetFileName(folder) is { Length: > 0 } name ? name : Repository.Name ?? System.IO.Path.GetFileName(Repository.Url?.AbsolutePath.TrimEnd('/'));
        }
    }

    /// <summary>The name of the folder or file: the last part of the path, or at its root that of the repository or folder.</summary>
    public string Name
    {
        get
        {
            if (Path.Length > 0) return Path[(Path.LastIndexOf('/') + 1)..];
            return Repository.Name ?? System.IO.Path.GetFileName(Repository.Folder is { } folder ? System.IO.Path.TrimEndingDirectorySeparator(folder) : WithoutGit(Uri.UnescapeDataString(Repository.Url!.AbsolutePath).TrimEnd('/')));
        }
    }

    /// <summary>The repository and the path in it. For a folder on this machine the full path, however it is divided.</summary>
    public (RepositoryAddress Repository, string Path) Place => Repository.Folder is { } folder && (Path.Length > 0 || Repository.Within is not null)
        ? (RepositoryAddress.InFolder(System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, Path))), "")
        : (Repository, Path);

    /// <summary>The source without a boundary for links, to be compared with others.</summary>
    public SourceSpec Unbounded => Repository is { Folder: { } folder, Within: not null } ? this with { Repository = RepositoryAddress.InFolder(folder) } : this;

    /// <summary>Returns the source with a boundary for links.</summary>
    /// <param name="within">The full path of the folder out of which no link is followed; null for none, which changes nothing.</param>
    public SourceSpec Bounded(string? within)
    {
        if (within is null || Repository.Folder is not { } folder) return this;
        var full = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, Path));
        // The folder around a container can lie above the boundary.
        var isWhole = PathEquality.Comparer.Equals(within, full);
        return PathEquality.IsIn(folder, within) && (isWhole || PathEquality.IsIn(within, full))
            ? this with { Repository = RepositoryAddress.InFolder(within, within), Path = isWhole ? "" : System.IO.Path.GetRelativePath(within, full).Replace(System.IO.Path.DirectorySeparatorChar, '/') }
            : this with { Repository = RepositoryAddress.InFolder(folder, within) };
    }

    /// <summary>
    /// Reads <c>owner/repo[/path…][@version]</c>, with <c>#</c> for <c>@</c> too, <c>owner/repo/tree|blob/&lt;ref&gt;[/&lt;path&gt;]</c>, <c>https://host/o/r[/tree|blob/&lt;ref&gt;/&lt;path&gt;]</c>, other git hosts' URLs,
    /// local folders, and by ssh <c>git@host:o/r[.git][/tree/&lt;ref&gt;/&lt;path&gt;]</c> and <c>ssh://[user@]host/o/r[.git][/tree/&lt;ref&gt;/&lt;path&gt;]</c>.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="context">The context for short forms and relative folders.</param>
    /// <param name="followed">
    /// The version that the artifact is known to follow. It determines where a ref that contains slashes ends in a <c>tree</c> URL.
    /// </param>
    /// <exception cref="SkillMeatException">With <see cref="ErrorIds.InvalidArgument"/> if the text has none of these forms.</exception>
    public static SourceSpec Parse(string text, SourceContext context, string? followed = null) => Parse(text, context, followed, isLiteral: false);

    /// <summary>Reads the address in a manifest. In one without a host, <c>tree</c> and <c>blob</c> are folders of the repository: no program writes a ref there.</summary>
    /// <inheritdoc cref="Parse(string, SourceContext, string?)"/>
    public static SourceSpec ParseRecorded(string text, SourceContext context, string? followed) => Parse(text, context, followed, isLiteral: true);

    private static SourceSpec Parse(string text, SourceContext context, string? followed, bool isLiteral)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == 0)
        {
            throw Unusable(text, "it is empty");
        }

        CheckedText(text, trimmed);
        if (LooksLikeFolder(trimmed, context))
        {
            return InFolder(ResolveFolder(trimmed, context));
        }

        if (trimmed.Contains("://", StringComparison.Ordinal))
        {
            return ParseUrl(trimmed, context, followed);
        }

        return IsScp(trimmed) ? ParseScp(trimmed, followed) : ParseShort(trimmed, context, followed, isLiteral);
    }

    /// <summary>
    /// Reads a text as <see cref="Parse(string, SourceContext, string?)"/> does, in all ways to tell a ref with slashes from the path after it, the longest ref first. Without a host, <c>tree</c> can also be a folder of the repository;
    /// this reading comes before the others, without a version.
    /// </summary>
    /// <inheritdoc cref="Parse(string, SourceContext, string?)"/>
    public static IReadOnlyList<SourceSpec> ParseAll(string text, SourceContext context)
    {
        var shortest = Parse(text, context);
        var all = new List<SourceSpec> { shortest };
        if (shortest.Version is not null && ParseFolder(text.Trim(), context) is { } literal) all.Insert(0, literal);
        if (shortest.Version is null || shortest.Path.Length == 0 || !text.Contains($"/{shortest.Version}/", StringComparison.Ordinal)) return all;
        var names = SplitPath(shortest.Path);
        for (var length = 1; length <= Math.Min(names.Length, LongestRef); length++)
        {
            var longer = Parse(text, context, $"{shortest.Version}/{string.Join('/', names[..length])}");
            if (longer.Version != shortest.Version) all.Insert(all[0].Version is null ? 1 : 0, longer);
        }

        return all;
    }

    /// <summary>Writes a source as <see cref="Parse(string, SourceContext, string?)"/> reads it. A ref with slashes is only found again when it is passed to it.</summary>
    /// <param name="repository">The repository or folder.</param>
    /// <param name="path">The path in it.</param>
    /// <param name="follows">The ref to follow.</param>
    /// <param name="gitHubServer">The GitHub server for which the short form is enough.</param>
    public static string Write(RepositoryAddress repository, string path, RefSpec follows, Uri gitHubServer) => repository.Kind switch
    {
        RepositoryKind.Folder => System.IO.Path.Combine(repository.Folder!, path.Replace('/', System.IO.Path.DirectorySeparatorChar)),
        RepositoryKind.GitHub when repository.Url!.Authority == gitHubServer.Authority && path.AsSpan().IndexOfAny('@', '#') < 0 && !NamesRef(SplitPath(path)) =>
            $"{repository.Owner}/{repository.Name}/{path}{(follows.IsLatest ? "" : $"@{follows}")}",
        // After a single name, 'tree' could be a name, too.
        RepositoryKind.Git when repository.Url!.AbsolutePath.Trim('/').IndexOf('/', StringComparison.Ordinal) < 0 => $"{repository.Address}/-/tree/{follows}/{path}",
        _ => $"{repository.Address}/tree/{follows}/{path}",
    };

    private static bool LooksLikeFolder(string text, SourceContext context) =>
        text[0] is '.' or '/' or '\\' or '~'
        || (!text.Contains("://", StringComparison.Ordinal) && System.IO.Path.Exists(System.IO.Path.Combine(context.BaseFolder, text)))
        || (text.Length >= 3 && char.IsAsciiLetter(text[0]) && text[1] == ':' && text[2] is '\\' or '/' && text[..3] != "://");

    private static string ResolveFolder(string text, SourceContext context)
    {
        var expanded = text[0] == '~' && (text.Length == 1 || text[1] is '/' or '\\')
            ? System.IO.Path.Combine(context.UserFolder ?? throw Unusable(text, "there is no home folder for '~'"), text.Length > 2 ? text[2..] : "")
            : text;
        return System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(expanded, context.BaseFolder));
    }

    /// <summary>
    /// Treats an artifact in a usual container as a path of the folder around the container. Folders of artifacts are laid out like repositories, so
    /// this makes it possible to find new and moved artifacts.
    /// </summary>
    private static SourceSpec InFolder(string path)
    {
        var isFile = path.EndsWith(".md", StringComparison.OrdinalIgnoreCase);
        var isSettings = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && !Directory.Exists(path);
        var below = new List<string> { System.IO.Path.GetFileName(path) };
        for (var container = System.IO.Path.GetDirectoryName(path); container is not null && below.Count <= MostNested; container = System.IO.Path.GetDirectoryName(container))
        {
            var name = System.IO.Path.GetFileName(container);
            // Commands and agents may lie deeper in their container.
            if (System.IO.Path.GetDirectoryName(container) is { } root && ArtifactType.All.Any(t => t.Container == name && (below.Count == 1 || (isFile && !t.IsFolder)) && (!isSettings || t.SettingsKey is not null)))
            {
                return new SourceSpec(RepositoryAddress.InFolder(root), $"{name}/{string.Join('/', below)}", Version: null);
            }

            if (!isFile) break;
            below.Insert(0, name);
        }

        // A single file elsewhere is a path in its folder, also when it is gone.
        if ((isSettings || (isFile && !Directory.Exists(path))) && System.IO.Path.GetDirectoryName(path) is { } folder) return new SourceSpec(RepositoryAddress.InFolder(folder), System.IO.Path.GetFileName(path), Version: null);

        return new SourceSpec(RepositoryAddress.InFolder(path), "", Version: null);
    }

    /// <summary>
    /// Whether a text has the form <c>git@host:owner/repo</c>: a colon after a user and a host, before any slash. In a short form, a slash precedes
    /// the <c>@</c>.
    /// </summary>
    private static bool IsScp(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return at > 0 && colon > at + 1 && text.IndexOf('/', StringComparison.Ordinal) is var slash && (slash < 0 || slash > colon);
    }

    private static SourceSpec ParseScp(string text, string? followed)
    {
        var (login, path) = (text[..text.IndexOf(':', StringComparison.Ordinal)], text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        var (user, host) = (login[..login.IndexOf('@', StringComparison.Ordinal)], login[(login.IndexOf('@', StringComparison.Ordinal) + 1)..]);
        // ssh would take a name that begins with a dash for an option.
        if (!IsPlain(user) || !IsPlain(host) || Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            throw Unusable(text, "expected git@host:owner/repo");
        }

        var (repository, rest, version) = SplitGitPath(text, SplitPath(path), followed);
        return new SourceSpec(RepositoryAddress.ByScp(user, host, (path[0] == '/' ? "/" : "") + string.Join('/', repository)), rest, version);
    }

    private static bool IsPlain(string name) => name[0] != '-' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    private static SourceSpec ParseShort(string text, SourceContext context, string? followed, bool isLiteral = false)
    {
        var at = text.IndexOfAny(['@', '#']);
        var version = at < 0 ? null : text[(at + 1)..];
        var parts = SplitPath(at < 0 ? text : text[..at]);
        if (parts.Length < 2 || version is { Length: 0 })
        {
            throw Unusable(text, "expected owner/repo[/path][@version], an address or a folder");
        }

        var repository = context.OnGitHub(context.GitHubServer, parts[0], WithoutGit(parts[1]));
        if (isLiteral || version is not null || EndsWithGit(parts[1]) || !NamesRef(parts[2..])) return new SourceSpec(repository, CheckedPath(text, parts[2..]), version);
        var (reference, rest) = SplitRef(parts[3..], followed);
        return new SourceSpec(repository, CheckedPath(text, rest), reference);
    }

    // As in an address, without the host.
    private static bool NamesRef(string[] path) => path is ["tree" or "blob", _, ..];

    /// <summary>Reads a short form as the path of a folder called <c>tree</c> or <c>blob</c>; null for any other text.</summary>
    private static SourceSpec? ParseFolder(string text, SourceContext context)
    {
        if (text.Contains("://", StringComparison.Ordinal) || LooksLikeFolder(text, context) || IsScp(text) || text.AsSpan().IndexOfAny('@', '#') >= 0) return null;
        return ParseShort(text, context, followed: null, isLiteral: true) is var literal && NamesRef(SplitPath(literal.Path)) ? literal : null;
    }

    private static SourceSpec ParseUrl(string text, SourceContext context, string? followed)
    {
        // Parsing each address as a Uri would be slow: a collection can have thousands, and nearly all of them are plain.
        if (text.StartsWith(context.GitHubPrefix, StringComparison.Ordinal) && text.AsSpan().IndexOfAny("%?#\\") < 0)
        {
            return ParseGitHubUrl(text, context.GitHubServer, SplitPath(text[context.GitHubPrefix.Length..]), context, followed);
        }

        if (!Uri.TryCreate(EscapePath(text), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https" or "ssh" or "file"))
        {
            throw Unusable(text, "only http, https, ssh and file addresses are supported");
        }

        if (url.IsFile)
        {
            return InFolder(ResolveFolder(CheckedText(text, url.LocalPath), context));
        }

        var parts = SplitPath(CheckedText(text, Uri.UnescapeDataString(url.AbsolutePath)));
        return url.Scheme != "ssh" && context.IsGitHub(url) ? ParseGitHubUrl(text, url, parts, context, followed) : ParseGitUrl(text, url, parts, followed);
    }

    private static SourceSpec ParseGitHubUrl(string text, Uri url, string[] parts, SourceContext context, string? followed)
    {
        if (parts.Length < 2)
        {
            throw Unusable(text, "the address names no repository");
        }

        var repository = context.OnGitHub(url, parts[0], WithoutGit(parts[1]));
        if (parts.Length == 2)
        {
            return new SourceSpec(repository, "", Version: null);
        }

        if (parts[2] is not ("tree" or "blob") && EndsWithGit(parts[1]))
        {
            return new SourceSpec(repository, CheckedPath(text, parts[2..]), Version: null);
        }

        if (parts[2] is not ("tree" or "blob") || parts.Length < 4)
        {
            throw Unusable(text, "expected …/tree/<ref>/<path> or …/blob/<ref>/<path> after the repository");
        }

        var (reference, rest) = SplitRef(parts[3..], followed);
        return new SourceSpec(repository, CheckedPath(text, rest), reference);
    }

    private static SourceSpec ParseGitUrl(string text, Uri url, string[] parts, string? followed)
    {
        var (repository, path, version) = SplitGitPath(text, parts, followed);
        return new SourceSpec(RepositoryAddress.OnGitHost(RepositoryUrl(text, url, repository)), path, version);
    }

    /// <summary>
    /// Splits the path of an address into the repository, the path in it and the ref. GitLab writes <c>/-/tree/&lt;ref&gt;/&lt;path&gt;</c>, Gitea
    /// <c>/src/branch/&lt;ref&gt;/&lt;path&gt;</c>, Bitbucket <c>/src/&lt;ref&gt;/&lt;path&gt;</c>. GitHub's plain form is the one that manifests
    /// use.
    /// </summary>
    private static (string[] Repository, string Path, string? Version) SplitGitPath(string text, string[] parts, string? followed)
    {
        if (parts.Length == 0)
        {
            throw Unusable(text, "the address names no repository");
        }

        var at = FindRef(parts);
        if (at < 0)
        {
            var repositoryEnd = Array.FindIndex(parts, EndsWithGit);
            if (repositoryEnd >= 0 && repositoryEnd + 1 < parts.Length) return (parts[..(repositoryEnd + 1)], CheckedPath(text, parts[(repositoryEnd + 1)..]), null);
            return (parts, "", null);
        }

        var end = at > 1 && parts[at - 1] == "-" ? at - 1 : at;
        var start = parts[at] == "src" && parts[at + 1] is "branch" or "tag" or "commit" && at + 2 < parts.Length ? at + 2 : at + 1;
        var (reference, rest) = SplitRef(parts[start..], followed);
        return (parts[..end], CheckedPath(text, rest), reference);
    }

    /// <summary>
    /// Returns the index of the part that a ref follows, or a negative number. Groups and folders can have the same names, so the most reliable sign
    /// is tried first.
    /// </summary>
    private static int FindRef(string[] parts)
    {
        var words = Enumerable.Range(1, parts.Length - 1).Where(i => i + 1 < parts.Length && parts[i] is "tree" or "blob" or "src").ToList();
        var sure = words.FindIndex(i => RefSpec.Parse(parts[i + 1]).IsFullCommit);
        if (sure < 0) sure = words.FindIndex(i => EndsWithGit(parts[i - 1]) || (i > 1 && parts[i - 1] == "-"));
        if (sure < 0 && !EndsWithGit(parts[^1])) sure = words.FindIndex(i => i > 1);
        return sure < 0 ? -1 : words[sure];
    }

    private static bool EndsWithGit(string name) => WithoutGit(name).Length is > 0 and var length && length < name.Length;

    private static (string Ref, string[] Remainder) SplitRef(string[] parts, string? followed)
    {
        var wanted = followed is null ? [] : SplitPath(followed);
        return wanted.Length > 1 && parts.Length >= wanted.Length && parts.AsSpan(0, wanted.Length).SequenceEqual(wanted)
            ? (followed!, parts[wanted.Length..])
            : (parts[0], parts[1..]);
    }

    // In an address, they can be escaped.
    private static string CheckedText(string text, string meant) =>
        meant.Any(char.IsControl) ? throw Unusable(new string(text.Trim().Select(c => char.IsControl(c) ? '?' : c).ToArray()), "it contains control characters") : meant;

    private static string CheckedPath(string text, string[] parts) =>
        parts.Any(p => p is "." or "..") ? throw Unusable(text, "the path contains '.' or '..'") : string.Join('/', parts);

    // Only ssh needs the user; a password does not belong in an address.
    private static Uri RepositoryUrl(string text, Uri url, string[] parts)
    {
        var user = url.Scheme == "ssh" ? url.UserInfo.Split(':', 2)[0] : "";
        if (user.Length > 0 && !IsPlain(user))
        {
            throw Unusable(text, "its user name is not valid");
        }

        var server = url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
        if (user.Length > 0) server = server.Replace("://", $"://{user}@", StringComparison.Ordinal);
        return new Uri($"{server}/{string.Join('/', parts.Select(Uri.EscapeDataString))}");
    }

    /// <summary>Escapes <c>#</c> and <c>?</c>, which are valid in a path of a repository but would end the path of a URL.</summary>
    private static string EscapePath(string text) =>
        text.Replace("#", "%23", StringComparison.Ordinal).Replace("?", "%3F", StringComparison.Ordinal);

    private static string WithoutGit(string name) => name.EndsWith(".git", StringComparison.Ordinal) ? name[..^4] : name;

    private static string[] SplitPath(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static SkillMeatException Unusable(string text, string why) =>
        new(ErrorIds.InvalidArgument, $"'{AddressText.WithoutCredentials(text)}' cannot be used as a source: {why}.");
}
