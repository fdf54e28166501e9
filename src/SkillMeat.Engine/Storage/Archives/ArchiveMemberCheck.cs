using System.Formats.Tar;

namespace SkillMeat.Storage.Archives;

/// <summary>
/// Accepts members that can be written below a folder without leaving it, and refuses all others. It remembers the accepted links, because
/// a later member must not be written through one of them.
/// </summary>
/// <param name="unsafeMembers">The treatment of members that are harmless as long as they are not written.</param>
internal sealed class ArchiveMemberCheck(UnsafeMembers unsafeMembers = UnsafeMembers.Refuse)
{
    private const int MaxPathLength = 4096;

    // If everything is unpacked, a link and a folder must not have names that a case-insensitive disk treats as the same.
    private readonly HashSet<string> _links = new(unsafeMembers == UnsafeMembers.Refuse ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);

    /// <summary>Describes the problem with the names in a path, as a predicate, or returns null.</summary>
    public static string? NameProblem(IReadOnlyCollection<string> parts) =>
        parts.Any(part => part.Any(c => char.IsControl(c) || c == '\\' || (OperatingSystem.IsWindows() && Path.GetInvalidFileNameChars().Contains(c))))
            ? "has a character in its name that file names cannot contain"
            : null;

    /// <exception cref="UnsafeArchiveException">It must not be unpacked; the message says why.</exception>
    public ArchiveMember? Check(TarEntry entry)
    {
        var kind = KindOf(entry);
        var parts = Split(entry.Name, entry.Name);
        var problem = NameProblem(parts);
        // The root folder itself, as written by 'tar -C folder .'.
        if (parts.Count == 0) return kind == ArchiveMemberKind.Folder ? null : throw Refuse(entry.Name, "has no name");
        for (var i = 1; i <= parts.Count; i++)
        {
            if (_links.Contains(string.Join('/', parts.Take(i)))) throw Refuse(entry.Name, "would be written through a link");
        }

        var path = string.Join('/', parts);
        var target = kind switch
        {
            ArchiveMemberKind.Link => entry.LinkName,
            ArchiveMemberKind.HardLink => CheckHardLink(entry),
            _ => null,
        };
        if (unsafeMembers == UnsafeMembers.Refuse && (problem ?? (kind == ArchiveMemberKind.Link ? ProblemOf(entry.LinkName, parts) : null)) is { } why) throw Refuse(entry.Name, why);
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
        TarEntryType.HardLink => ArchiveMemberKind.HardLink,
        _ => throw Refuse(entry.Name, $"is not a file, folder or link but a {entry.EntryType}"),
    };

    private static string? ProblemOf(string target, List<string> parts)
    {
        if (target.Length == 0) return "is a link to nothing";
        var steps = target.Split('/', '\\').Where(step => step is not ("" or ".")).ToList();
        var up = steps.TakeWhile(step => step == "..").Count();
        // Only leading '..' are safe, as far as there are folders around the link: they are known not to be links. Any later name may be a link, and its parent could be anywhere.
        return IsAbsolute(target) || up > parts.Count - 1 || steps.LastIndexOf("..") >= up ? $"is a link to '{target}', which may be outside" : null;
    }

    private string CheckHardLink(TarEntry entry)
    {
        var target = string.Join('/', Split(entry.LinkName, entry.Name));
        return _files.Contains(target) ? target : throw Refuse(entry.Name, $"is a hard link to '{entry.LinkName}', which is not a file before it");
    }

    private static List<string> Split(string path, string member)
    {
        if (path.Length > MaxPathLength) throw Refuse(member[..60], "has a name that is too long");
        if (IsAbsolute(path)) throw Refuse(member, "has an absolute path");
        var parts = path.Split('/').Where(part => part is not ("" or ".")).ToList();
        return parts.Contains("..") ? throw Refuse(member, "leads out of the archive") : parts;
    }

    private static bool IsAbsolute(string path) => path.StartsWith('/') || path.StartsWith('\\') || (path.Length > 1 && path[1] == ':' && char.IsAsciiLetter(path[0]));

    private static UnsafeArchiveException Refuse(string member, string why) => new($"its member '{Readable(member)}' {Readable(why)}");

    private static string Readable(string text) => new(text.Select(c => char.IsControl(c) ? '?' : c).ToArray());
}
