using System.Text.Json;
using SkillMeat.Upstream.Git;

namespace SkillMeat.Upstream.Listings;

/// <summary>An entry of the cache: the files of a commit, or the text of a file.</summary>
/// <param name="Items">The files and folders; null for a text.</param>
/// <param name="Text">The text; null for files.</param>
internal sealed record CachedListing(IReadOnlyList<TreeItem>? Items, string? Text)
{
    private const string ItemsName = "items";
    private const string TextName = "text";
    private const char Folder = 'd';
    private const char File = 'f';
    private const char Link = 'l';

    /// <summary>Reads an entry.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static CachedListing Parse(JsonElement json) => json.TryGetProperty(ItemsName, out var items)
        ? new CachedListing([.. items.EnumerateArray().Select(item => ParseItem(item.GetString()))], Text: null)
        : new CachedListing(Items: null, json.GetProperty(TextName).GetString() ?? throw new FormatException("a text is null"));

    /// <summary>Writes the entry.</summary>
    public void Write(Utf8JsonWriter json)
    {
        if (Items is null)
        {
            json.WriteString(TextName, Text);
            return;
        }

        json.WriteStartArray(ItemsName);
        foreach (var item in Items) json.WriteStringValue($"{(item.IsFolder ? Folder : item.IsLink ? Link : File)}{item.ObjectId}{item.Path}");
        json.WriteEndArray();
    }

    // The paths obey the rules of those in a tree of git.
    private static TreeItem ParseItem(string? text)
    {
        if (text is { Length: > 1 + GitOid.HexLength } && text[0] is Folder or File or Link && GitOid.TryParse(text.AsSpan(1, GitOid.HexLength), out _) && text[(1 + GitOid.HexLength)..] is var path && IsPath(path))
        {
            return new TreeItem(path, text[0] == Folder, text.Substring(1, GitOid.HexLength)) { IsLink = text[0] == Link };
        }

        throw new FormatException("an entry is no file of a repository");
    }

    private static bool IsPath(string path) => !path.Contains('\0', StringComparison.Ordinal) && path.Split('/').All(part => part is not ("" or "." or ".."));
}
