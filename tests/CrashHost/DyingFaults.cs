using System.Diagnostics;
using SkillMeat.Storage;

namespace SkillMeat.Tests.CrashHost;

/// <summary>Ends the process before the step of the given number: by fail-fast at odd numbers, by a kill at even ones. No handler, no finally block runs.</summary>
internal sealed class DyingFaults(int lastStep) : IStorageFaults
{
    private int _steps;

    public void Before(StorageStep step, string path)
    {
        if (Interlocked.Increment(ref _steps) != lastStep) return;
        if (lastStep % 2 == 1) Environment.FailFast("as asked");
        Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
