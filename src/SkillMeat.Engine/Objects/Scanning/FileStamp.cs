namespace SkillMeat.Objects.Scanning;

/// <summary>The metadata that shows whether a file is unchanged, without reading it.</summary>
/// <param name="Type">The type.</param>
/// <param name="Mode">The nine bits of Unix permissions; 0 on Windows.</param>
/// <param name="Size">The length in bytes.</param>
/// <param name="Modified">The time of the last change of its content, in nanoseconds since 1970.</param>
/// <param name="Changed">The time of the last change of anything, which programs cannot set back, in nanoseconds since 1970; 0 on Windows.</param>
/// <param name="Inode">The inode, which identifies the file regardless of its name; 0 on Windows.</param>
internal readonly record struct FileStamp(FileType Type, int Mode, long Size, long Modified, long Changed, ulong Inode)
{
    private const long Millisecond = 1_000_000;

    // The kernel's clock for files advances with its timer, every 10 ms at the slowest.
    private const long Tick = 20 * Millisecond;
    /// <summary>The time after which the stamp of a file that was just written can be relied on, on usual file systems.</summary>
    public static TimeSpan UsualTick { get; } = TimeSpan.FromMilliseconds((Tick / Millisecond) + 1);

    private const long CoarseTick = 2_100 * Millisecond;

    /// <summary>Whether the owner may execute it.</summary>
    public bool IsExecutable => (Mode & 0x40) != 0;

    /// <summary>Whether the file system stores times only in units of 10 ms to 2 s, like FAT. It then does not record changes of a folder's list either.</summary>
    public bool IsCoarse => Modified % (10 * Millisecond) == 0;

    /// <summary>Whether the stamp of a folder changes when something is created, deleted or renamed in it.</summary>
    public bool RecordsListChanges => Inode != 0 && !IsCoarse;

    /// <summary>
    /// Whether the file was unchanged for long enough before a time, in nanoseconds since 1970, that every later change alters its stamp. A file that was read in the
    /// clock tick in which it was written can be written again without a trace.
    /// </summary>
    public bool IsSettledAt(long time) => Math.Max(Modified, Changed) + (IsCoarse ? CoarseTick : Tick) < time;
}
