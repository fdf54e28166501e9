using System.Diagnostics;
using SkillMeat.Storage;

namespace SkillMeat.Tests.CrashHost;

/// <summary>Ends the process before the step of the given number: by fail-fast at odd numbers, by a kill at even ones. No handler, no finally block runs.</summary>
/// <param name="lastStep">The step that is never executed; 0 for none.</param>
/// <param name="refusedStep">A step that fails because the disk is full; 0 for none.</param>
internal sealed class DyingFaults(int lastStep, int refusedStep = 0) : IStorageFaults
{
    private int _steps;

    public void Before(StorageStep step, string path)
    {
        var number = Interlocked.Increment(ref _steps);
        if (number == refusedStep) throw new IOException("No space left on device", 28);
        if (number != lastStep) return;
        if (lastStep % 2 == 1) Environment.FailFast("as asked");
        Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
