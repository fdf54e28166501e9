using System.Formats.Tar;

namespace SkillMeat.Storage.Archives;

/// <summary>
/// Lets through what can be written below a folder without ever leaving it, and says what is wrong with everything else. It remembers the links that it let through:
/// a later member must not be written through one of them.
/// </summary>
/// <param name="odd">What becomes of members that harm nobody while they are not written.</param>
internal sealed class ArchiveMemberCheck(UnsafeMembers odd = UnsafeMembers.Refuse)
{
    private const int LongestPath = 4096;

    // Where all is unpacked, two names that one disk takes for the same must not be a link and a folder.
    private readonly HashSet<string> _links = new(odd == UnsafeMembers.Refuse ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);

    /// <summary>Describes the fault of the names in a path, in words that fit behind it; null when files may have them.</summary>
    public static string? NameProblem(IReadOnlyCollection<string> parts) =>
        parts.Any(part => part.Any(c => char.IsControl(c) || c == '\\' || (OperatingSystem.IsWindows() && Path.GetInvalidFileNameChars().Contains(c))))
            ? "has a character in its name that no file may have"
            : null;

    /// <exception cref="UnsafeArchiveException">It must not be unpacked; the message says why.</exception>
    public ArchiveMember? Check(TarEntry entry)
    {
        var kind = KindOf(entry);
        var parts = Split(entry.Name, entry.Name);
        var problem = NameProblem(parts);
        // The folder itself, as 'tar -C folder .' writes it.
        if (parts.Count == 0) return kind == ArchiveMemberKind.Folder ? null : throw Refuse(entry.Name, "has no name");
        for (var i = 1; i <= parts.Count; i++)
        {
            if (_links.Contains(string.Join('/', parts.Take(i)))) throw Refuse(entry.Name, "would be written through a link");
        }

        var path = string.Join('/', parts);
        var target = kind switch
        {
            ArchiveMemberKind.Link => entry.LinkName,
            ArchiveMemberKind.SecondName => CheckSecondName(entry),
            _ => null,
        };
        if (odd == UnsafeMembers.Refuse && (problem ?? (kind == ArchiveMemberKind.Link ? ProblemOf(entry.LinkName, parts) : null)) is { } why) throw Refuse(entry.Name, why);
        if (kind == ArchiveMemberKind.Link) _links.Add(path);
        if (kind == ArchiveMemberKind.File) _files.Add(path);
        return new ArchiveMember(path, kind, kind == ArchiveMemberKind.File ? entry.Length : 0, entry.Mode.HasFlag(UnixFileMode.UserExecute), target)
        {
            Mode = (int)entry.Mode & 0x1ff,
            Problem = problem,
        };
    }

    private static ArchiveMemberKind KindOf(TarEntry entry) => entry.EntryType switch
    {
        TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile => ArchiveMemberKind.File,
        TarEntryType.Directory => ArchiveMemberKind.Folder,
        TarEntryType.SymbolicLink => ArchiveMemberKind.Link,
        TarEntryType.HardLink => ArchiveMemberKind.SecondName,
        _ => throw Refuse(entry.Name, $"is no file, folder or link but a {entry.EntryType}"),
    };

    private static string? ProblemOf(string target, List<string> parts)
    {
        if (target.Length == 0) return "is a link to nothing";
        var steps = target.Split('/', '\\').Where(step => step is not ("" or ".")).ToList();
        var up = steps.TakeWhile(step => step == "..").Count();
        // Up only from where the link is, through folders that are none of the links here. Further on, each name may be a link, and what is above that could be anywhere.
        return IsAbsolute(target) || up > parts.Count - 1 || steps.LastIndexOf("..") >= up ? $"is a link to '{target}', which may be outside" : null;
    }

    private string CheckSecondName(TarEntry entry)
    {
        var target = string.Join('/', Split(entry.LinkName, entry.Name));
        return _files.Contains(target) ? target : throw Refuse(entry.Name, $"is a second name of '{entry.LinkName}', which is no file before it");
    }

    private static List<string> Split(string path, string member)
    {
        if (path.Length > LongestPath) throw Refuse(member[..60], "has a name that is too long");
        if (IsAbsolute(path)) throw Refuse(member, "has an absolute path");
        var parts = path.Split('/').Where(part => part is not ("" or ".")).ToList();
        return parts.Contains("..") ? throw Refuse(member, "leads to a folder above") : parts;
    }

    private static bool IsAbsolute(string path) => path.StartsWith('/') || path.StartsWith('\\') || (path.Length > 1 && path[1] == ':' && char.IsAsciiLetter(path[0]));

    private static UnsafeArchiveException Refuse(string member, string why) => new($"its member '{Readable(member)}' {Readable(why)}");

    private static string Readable(string text) => new(text.Select(c => char.IsControl(c) ? '?' : c).ToArray());
}
