namespace SkillMeat.Objects.Scanning;

/// <summary>What tells that a file is as it was, without reading it.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Mode">Its Unix permissions, the lowest nine bits of them; 0 on Windows.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Modified">When its bytes changed, in nanoseconds since 1970.</param>
/// <param name="Changed">When anything about it changed, which no program can set back, in nanoseconds since 1970; 0 on Windows.</param>
/// <param name="Inode">Which file it is, whatever its name; 0 on Windows.</param>
internal readonly record struct FileStamp(FileType Type, int Mode, long Size, long Modified, long Changed, ulong Inode)
{
    private const long Millisecond = 1_000_000;

    // The kernel's clock for files advances with its timer, every 10 ms at the slowest.
    private const long Tick = 20 * Millisecond;
    private const long CoarseTick = 2_100 * Millisecond;

    /// <summary>Whether its owner may execute it.</summary>
    public bool IsExecutable => (Mode & 0x40) != 0;

    /// <summary>Whether the file system notes times only in units of 10 ms to 2 s, as FAT does; such a one does not note either that a folder's list changed.</summary>
    public bool IsCoarse => Modified % (10 * Millisecond) == 0;

    /// <summary>
    /// Whether it was left alone long enough before that time, in nanoseconds since 1970, for every change from then on to show in its stamp. A file that was read in the same
    /// tick in which it was written can be written once more without a trace.
    /// </summary>
    public bool IsSettledAt(long time) => Math.Max(Modified, Changed) + (IsCoarse ? CoarseTick : Tick) < time;
}
