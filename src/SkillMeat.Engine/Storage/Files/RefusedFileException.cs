namespace SkillMeat.Storage.Files;

/// <summary>A file must not be opened because of its kind or its length.</summary>
/// <param name="reason">The reason as half a sentence.</param>
/// <param name="path">The path of the file.</param>
internal sealed class RefusedFileException(string reason, string path) : IOException($"{reason}: '{path}'")
{
    /// <summary>The reason as half a sentence, without the path.</summary>
    public string Reason { get; } = reason;

    /// <summary>A pipe, a device or a socket is in place of a file.</summary>
    public static RefusedFileException NotRegular(string path) => new("it is not a file but a pipe, a device or a socket", path);

    /// <summary>A link is in place of a file or folder that only this program writes.</summary>
    public static RefusedFileException Link(string path) => new("it is a link; only the home, 'collections', a collection, its manifest, its lock file and config.toml may be links", path);

    /// <summary>A file is larger than any that this program writes there.</summary>
    public static RefusedFileException TooLarge(string path, long mostBytes) => new(FormattableString.Invariant($"it is larger than {mostBytes} bytes, the limit for such a file"), path);
}
