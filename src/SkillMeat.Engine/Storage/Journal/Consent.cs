using System.Globalization;
using System.Text;
using SkillMeat.Errors;
using SkillMeat.Storage.Files;

namespace SkillMeat.Storage.Journal;

/// <summary>
/// A file in a folder outside of the home in which a transaction changes files. It names the home and the plan of the transaction by its hash. Only somebody who can write to the folder can put
/// it there, so a journal without it settles nothing in the folder, whoever wrote the journal. It exists from before the first temporary file in the folder until after the last one.
/// </summary>
/// <param name="Path">The full path of the file.</param>
/// <param name="Home">The full path of the home whose journal it is.</param>
/// <param name="Plan">The hash of the plan, from <see cref="JournalText.HashPlan"/>.</param>
/// <remarks>
/// Format: three lines of UTF-8: <c>SkillMeat consent 1</c>, the home, and the hash. Anybody who can write to the folder can put such a file there, even by way of a repository, so its text is shown only by <see cref="ShownHome"/>.
/// </remarks>
internal sealed record Consent(string Path, string Home, string Plan)
{
    private const string Header = "SkillMeat consent 1";
    private const string Prefix = ".skm-";
    private const string Ending = ".consent";
    private const int MostBytes = 64 * 1024;
    private const int IdLength = 32;
    private const int HashLength = 64;
    private const int MostShown = 200;

    private static readonly EnumerationOptions _everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    // No consent begins with it.
    private static readonly byte[] _noConsent = [0];

    /// <summary>The id of the transaction, if the file has the form of a consent.</summary>
    public string Id => System.IO.Path.GetFileName(Path) is { Length: > 13 } name ? name[Prefix.Length..^Ending.Length] : "";

    /// <summary>Whether the file has the form that a transaction gives it. If not, no transaction wrote it, or its process died before it wrote anything else in the folder.</summary>
    public bool IsSound => Home.Length > 0;

    /// <summary>The home in quotes, for a message: as one line, and without quotes inside.</summary>
    public string ShownHome => Show(Home);

    /// <summary>The name of the file in quotes, for a message.</summary>
    public string ShownName => Show(System.IO.Path.GetFileName(Path));

    /// <summary>The full path of the folder.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>Returns the consent of a folder to a transaction.</summary>
    public static Consent Of(string folder, string home, string id, string plan) => new(System.IO.Path.Combine(folder, $"{Prefix}{id}{Ending}"), home, plan);

    /// <summary>Lists the consents in a folder. If there is one, a transaction is at work, or was interrupted.</summary>
    /// <exception cref="StorageException">The folder or a consent cannot be read.</exception>
    public static IReadOnlyList<Consent> FindAll(string folder) =>
        [.. StorageGuard.Run("read", folder, () => Directory.GetFiles(folder, $"{Prefix}*{Ending}")).Order(StringComparer.Ordinal).Select(Read).OfType<Consent>()];

    /// <summary>Whether there are temporary files of the transaction in the folder, which may be the only copies of old contents.</summary>
    /// <exception cref="StorageException">The folder cannot be read.</exception>
    public bool HasFiles() => StorageGuard.Run("read", Folder, () => Directory.EnumerateFileSystemEntries(Folder, $"{Prefix}{Id}-*", _everything).Any());

    /// <summary>Whether the file is there, completely. The home may have another path by now.</summary>
    /// <exception cref="StorageException">It cannot be read.</exception>
    public bool IsGiven() => Read(Path) is { } found && found.Plan == Plan;

    /// <summary>Whether another file is in its place. An incomplete one is no other: its writer died before it wrote anything else.</summary>
    /// <exception cref="StorageException">It cannot be read.</exception>
    public bool IsAnother() => !IsGiven() && ReadBytes(Path) is { } bytes && !Bytes.AsSpan().StartsWith(bytes);

    /// <summary>Writes the file, flushed.</summary>
    /// <exception cref="StorageException">The folder cannot be written.</exception>
    public void Give(Disk disk)
    {
        disk.CreateFile(Path, Bytes, mode: null, Path);
        disk.FlushFolder(System.IO.Path.GetDirectoryName(Path)!);
    }

    /// <summary>Deletes the file, if it is this one or a part of it.</summary>
    /// <exception cref="StorageException">The file cannot be read or deleted.</exception>
    public void Withdraw(Disk disk)
    {
        if (ReadBytes(Path) is null || IsAnother()) return;
        disk.DeleteFile(Path, Path);
        // Before the journal is deleted: a consent without one would stop everybody.
        disk.FlushFolder(System.IO.Path.GetDirectoryName(Path)!);
    }

    private byte[] Bytes => Encoding.UTF8.GetBytes($"{Header}\n{Home}\n{Plan}\n");

    private static Consent? Read(string path)
    {
        if (ReadBytes(path) is not { } bytes) return null;
        var lines = Encoding.UTF8.GetString(bytes).Split('\n');
        var found = new Consent(path, "", "");
        return lines is [Header, { } home, { } plan, ""] && IsFullPath(home) && IsHex(plan, HashLength) && IsHex(found.Id, IdLength) ? found with { Home = home, Plan = plan } : found;
    }

    // On any system, because a folder can be shared between several.
    private static bool IsFullPath(string path) => path is ['/', ..] or ['\\', '\\', ..] || (path is [var drive, ':', '\\' or '/', ..] && char.IsAsciiLetter(drive));

    private static bool IsHex(string text, int length) => text.Length == length && text.All(char.IsAsciiHexDigitLower);

    private static string Show(string text)
    {
        var shown = new StringBuilder("'");
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length > MostShown) return shown.Append("…'").ToString();
            if (IsPlain(rune)) shown.Append(rune.ToString());
            else shown.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
        }

        return shown.Append('\'').ToString();
    }

    private static bool IsPlain(Rune rune) => rune.Value is not ('\'' or '"' or '`')
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static byte[]? ReadBytes(string path)
    {
        try
        {
            return RegularFile.ReadAllBytes(path, MostBytes, LinkUse.Refuse);
        }
        catch (Exception e) when (StorageErrors.IsMissing(e))
        {
            return null;
        }
        catch (Exception e) when (e is RefusedFileException || (e is UnauthorizedAccessException && Directory.Exists(path)))
        {
            return _noConsent;
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e))
        {
            throw StorageErrors.Translate(e, "read", path);
        }
    }
}
