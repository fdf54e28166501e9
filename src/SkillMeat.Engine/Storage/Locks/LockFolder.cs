using SkillMeat.Errors;
using SkillMeat.Storage.Files;

namespace SkillMeat.Storage.Locks;

/// <summary>
/// The lock files of a home. The system releases a lock when its process dies. Lock files are never deleted, because then two
/// processes could hold different files of the same name.
/// </summary>
/// <remarks>
/// A waiting process first takes the turnstile, a second lock file that only the next in line holds. So a process that releases a lock and wants it again
/// at once cannot jump the queue, and only one process polls the lock itself at short intervals.
/// </remarks>
internal sealed class LockFolder(string folder, Disk disk, TimeProvider time, Random random)
{
    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan _longest = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _longestAtTurnstile = TimeSpan.FromMilliseconds(8);

    /// <summary>Acquires all locks in order, or none.</summary>
    /// <exception cref="LockTimeoutException">One of them was held for longer than <paramref name="wait"/>.</exception>
    public async Task<IReadOnlyList<HeldLockFile>> AcquireAsync(IReadOnlyList<LockName> names, TimeSpan wait, CancellationToken cancellationToken)
    {
        Prepare();
        var started = time.GetTimestamp();
        var held = new List<HeldLockFile>(names.Count);
        try
        {
            foreach (var name in names) held.Add(await AcquireAsync(name, started, wait, cancellationToken).ConfigureAwait(false));
            return held;
        }
        catch
        {
            held.ForEach(file => file.Dispose());
            throw;
        }
    }

    /// <summary>Acquires all locks without waiting, or returns null if one of them is held.</summary>
    public IReadOnlyList<HeldLockFile>? TryAcquire(IReadOnlyList<LockName> names)
    {
        Prepare();
        var held = new List<HeldLockFile>(names.Count);
        try
        {
            foreach (var name in names)
            {
                if (TryAcquire(name) is { } file)
                {
                    held.Add(file);
                    continue;
                }

                held.ForEach(other => other.Dispose());
                return null;
            }

            return held;
        }
        catch
        {
            held.ForEach(file => file.Dispose());
            throw;
        }
    }

    /// <summary>Whether some process holds a lock. Writes nothing.</summary>
    public bool IsHeld(LockName name) => Disk.IsLocked(PathOf(name, "lock"));

    private async Task<HeldLockFile> AcquireAsync(LockName name, long started, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var turn = await PollAsync(name, PathOf(name, "turn"), _longest, started, wait, cancellationToken).ConfigureAwait(false);
        return Announce(name, await PollAsync(name, PathOf(name, "lock"), _longestAtTurnstile, started, wait, cancellationToken).ConfigureAwait(false));
    }

    private HeldLockFile? TryAcquire(LockName name)
    {
        using var turn = disk.TryOpenLock(PathOf(name, "turn"));
        return turn is not null && TryOpenTwice(PathOf(name, "lock")) is { } file ? Announce(name, file) : null;
    }

    private async Task<FileStream> PollAsync(LockName name, string path, TimeSpan longest, long started, TimeSpan wait, CancellationToken cancellationToken)
    {
        for (var pause = _shortest; ; pause = Shorter(pause * 1.5, longest))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (disk.TryOpenLock(path) is { } file) return file;
            var left = wait - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero && disk.TryOpenLock(path) is { } last) return last;
            if (left <= TimeSpan.Zero) throw new LockTimeoutException(name.Display, time.GetElapsedTime(started), LockHolder.Read(PathOf(name, "holder"))?.ToString());
            await Task.Delay(Shorter(Jitter(pause), left), time, cancellationToken).ConfigureAwait(false);
        }
    }

    // A process that only asks whether it is held (IsHeld) keeps it from others for a moment.
    private FileStream? TryOpenTwice(string path) => disk.TryOpenLock(path) ?? disk.TryOpenLock(path);

    private HeldLockFile Announce(LockName name, FileStream file) => new(name, file, LockHolder.Current(time).TryWrite(PathOf(name, "holder"), disk));

    private void Prepare()
    {
        OwnFolders.Check(folder);
        if (!Directory.Exists(folder)) disk.CreateFolder(folder, Disk.PrivateFolder);
    }

    private string PathOf(LockName name, string extension) => Path.Combine(folder, $"{name.Stem}.{extension}");

    // Never zero, because a zero delay would spin.
    private TimeSpan Jitter(TimeSpan pause) => TimeSpan.FromMilliseconds(Math.Max(1, pause.TotalMilliseconds * (0.5 + random.NextDouble())));

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
