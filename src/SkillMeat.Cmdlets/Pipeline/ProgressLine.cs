using System.Management.Automation;
using SkillMeat.Upstream;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>A progress bar for work that takes longer than a second. It disappears when disposed.</summary>
internal sealed class ProgressLine : IDisposable
{
    private const int Activity = 1;

    private readonly PipelineQueue _pipeline;
    private readonly string _what;
    private readonly string _asked;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly ITimer _timer;
    private UpstreamProgress _progress = new(0, 0);
    private int _shown;

    public ProgressLine(PipelineQueue pipeline, string what, TimeProvider time, string asked = "repositories")
    {
        _pipeline = pipeline;
        _what = what;
        _asked = asked;
        _time = time;
        _started = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Show(), state: null, TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(500));
    }

    public void Update(UpstreamProgress progress) => Volatile.Write(ref _progress, progress);

    public void Dispose()
    {
        _timer.Dispose();
        if (Volatile.Read(ref _shown) > 0)
        {
            _pipeline.Progress(new ProgressRecord(Activity, _what, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }

    private void Show()
    {
        Interlocked.Increment(ref _shown);
        var (answered, asked) = Volatile.Read(ref _progress);
        var seconds = (int)_time.GetElapsedTime(_started).TotalSeconds;
        _pipeline.Progress(new ProgressRecord(Activity, _what, asked == 0 ? $"{seconds} s" : $"{answered} of {asked} {_asked}, {seconds} s")
        {
            PercentComplete = asked == 0 ? -1 : 100 * answered / asked,
        });
    }
}
