using System.Diagnostics;
using SkillMeat.Storage;

namespace SkillMeat.Tests.CrashHost;

/// <summary>Kills the process before the step of a number, which is counted from the time when the number was given.</summary>
internal sealed class ArmedFaults : IStorageFaults
{
    private int _left;

    /// <summary>Sets the step that is never executed; 0 for none.</summary>
    public void Arm(int step) => Volatile.Write(ref _left, step);

    public void Before(StorageStep step, string path)
    {
        if (Volatile.Read(ref _left) == 0 || Interlocked.Decrement(ref _left) != 0) return;
        Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
