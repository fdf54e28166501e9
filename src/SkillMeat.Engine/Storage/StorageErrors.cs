using SkillMeat.Errors;
using SkillMeat.Storage.Files;

namespace SkillMeat.Storage;

/// <summary>Describes a failed file operation in one line.</summary>
internal static class StorageErrors
{
    public static bool IsRefusal(Exception error) => error is IOException or UnauthorizedAccessException;

    /// <summary>Creates an error that names the path and the reason, with the original one as its cause.</summary>
    /// <param name="error">The exception of the file system.</param>
    /// <param name="verb">The failed operation: <c>write</c>, <c>read</c>, <c>delete</c>…</param>
    /// <param name="path">The path that the user knows, not that of a temporary file.</param>
    public static StorageException Translate(Exception error, string verb, string path) =>
        new(ErrorIds.StorageFailed, path, $"cannot {verb} {path}: {Reason(error)}", error);

    /// <summary>Whether another program holds the file exclusively.</summary>
    public static bool IsInUse(IOException error) => OperatingSystem.IsWindows()
        ? Windows(error.HResult) is 32 or 33
        : error.HResult is 11 or 35;

    public static bool IsMissing(Exception error) => error is FileNotFoundException or DirectoryNotFoundException;

    private static string Reason(Exception error) => error switch
    {
        UnauthorizedAccessException { InnerException: IOException { HResult: 30 } } => "read-only file system",
        UnauthorizedAccessException { InnerException: IOException { HResult: 21 } } => "it is a folder",
        UnauthorizedAccessException => "permission denied",
        RefusedFileException refused => refused.Reason,
        FileNotFoundException or DirectoryNotFoundException => "there is no such file or folder",
        PathTooLongException => "the path is too long",
        IOException io => Reason(io),
        _ => FirstLine(error.Message),
    };

    private static string Reason(IOException error) => OperatingSystem.IsWindows() ? ReasonOnWindows(error) : error.HResult switch
    {
        28 => "the disk is full",
        122 or 69 => "the disk quota is used up",
        30 => "read-only file system",
        13 or 1 => "permission denied",
        11 or 35 or 16 or 26 => "in use by another program",
        40 or 62 => "its links form a cycle",
        24 or 23 => "too many open files",
        5 => "the device reports an input/output error",
        2 => "there is no such file or folder",
        20 => "a part of the path is not a folder",
        21 => "it is a folder",
        _ => FirstLine(error.Message),
    };

    private static string ReasonOnWindows(IOException error) => Windows(error.HResult) switch
    {
        112 or 39 => "the disk is full",
        1295 => "the disk quota is used up",
        19 => "read-only file system",
        5 => "permission denied",
        32 or 33 => "in use by another program",
        _ => FirstLine(error.Message),
    };

    // An HRESULT of facility Win32 contains the system's error code in its low half.
    private static int Windows(int result) => (result & unchecked((int)0xFFFF0000)) == unchecked((int)0x80070000) ? result & 0xFFFF : 0;

    private static string FirstLine(string message) => message.AsSpan().TrimStart().IndexOfAny('\r', '\n') is var end && end < 0
        ? message.Trim()
        : message.TrimStart()[..end];
}
