using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Upstream;

namespace SkillMeat.Projects.Adoption.Origins;

/// <summary>Makes sources of what other programs recorded.</summary>
/// <param name="context">The context of short forms.</param>
internal sealed class SourceText(SourceContext context)
{
    /// <summary>Returns the source for a path in a repository, or null if that is not an address of a repository, or no path in one.</summary>
    /// <param name="repository">The repository: <c>owner/repo</c>, or an address.</param>
    /// <param name="path">The path in it; empty for its root.</param>
    /// <param name="reference">The tag, branch or commit; null for the default branch.</param>
    public SourceSpec? OfRepository(string repository, string path, string? reference)
    {
        var isAddress = repository.Contains("://", StringComparison.Ordinal);
        var isShort = !isAddress && repository.Split('/') is [{ Length: > 0 }, { Length: > 0 }] && !repository.Contains(':', StringComparison.Ordinal) && repository[0] is not ('.' or '~');
        var isScp = !isAddress && !isShort && repository.IndexOf(':', StringComparison.Ordinal) > repository.IndexOf('@', StringComparison.Ordinal) && repository.Contains('@', StringComparison.Ordinal);
        if ((!isAddress && !isShort && !isScp) || repository.StartsWith("file:", StringComparison.OrdinalIgnoreCase)) return null;
        var parts = path.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToList();
        // A query can be a token. A part like '..' of a ref would leave the repository, because addresses fold it.
        if (repository.AsSpan().IndexOfAny('?', '#') >= 0 || reference?.Split('/', '\\').Any(part => part is "" or "." or ".." || part.Contains('%', StringComparison.Ordinal)) == true) return null;
        var follows = reference is null ? "HEAD" : isScp ? reference : string.Join('/', reference.Split('/').Select(Uri.EscapeDataString));
        var address = isShort ? context.GitHubPrefix + repository : repository.TrimEnd('/');
        var below = string.Join('/', isScp ? parts : parts.ConvertAll(Uri.EscapeDataString));
        var text = $"{address}/tree/{follows}{(below.Length == 0 ? "" : $"/{below}")}";
        try
        {
            return SourceSpec.Parse(text, context, reference) is { Repository.Kind: not RepositoryKind.Folder } source
                && source.Path == string.Join('/', parts) && source.Version == (reference ?? "HEAD") && source.Repository.Equals(SourceSpec.Parse(address, context).Repository) ? source : null;
        }
        catch (SkillMeatException e) when (e.ErrorId == ErrorIds.InvalidArgument)
        {
            return null;
        }
    }

    /// <summary>Returns the source for a file or folder on this machine.</summary>
    /// <param name="path">The full path.</param>
    public SourceSpec OfFolder(string path) => SourceSpec.Parse(path, context);

    /// <summary>Whether a text, <c>owner/repo</c> or an address, names a repository. How it is reached does not count.</summary>
    /// <param name="text">The text.</param>
    /// <param name="repository">The repository, no folder.</param>
    public bool AreSame(string text, RepositoryAddress repository)
    {
        if (text.AsSpan().IndexOfAny(":@") < 0) return NameOf(text).Equals(NameOf(repository.Url!), StringComparison.OrdinalIgnoreCase);
        return OfRepository(text, "", reference: null) is { Repository.Url: { } url }
            && url.Host.Equals(repository.Url!.Host, StringComparison.OrdinalIgnoreCase) && NameOf(url).Equals(NameOf(repository.Url!), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Returns an address without what can be a password: its user, and its query.</summary>
    public static string WithoutSecrets(string address)
    {
        var text = AddressText.WithoutCredentials(address.Split('?', '#')[0]);
        var at = text.LastIndexOf('@');
        return at >= 0 && text.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon && colon < at && !text.Contains("://", StringComparison.Ordinal) ? text[(at + 1)..] : text;
    }

    private static string NameOf(Uri url) => NameOf(Uri.UnescapeDataString(url.AbsolutePath));

    private static string NameOf(string path)
    {
        var name = path.Trim('/');
        return name.EndsWith(".git", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name;
    }
}
