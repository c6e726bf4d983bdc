using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Cockpit.Api.Metrics;

/// <summary>The process itself, under the names that every Prometheus client uses.</summary>
internal sealed class ProcessMetrics
{
    private static readonly DirectoryInfo Descriptors = new("/proc/self/fd");

    public ProcessMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Cockpit.Process");
        meter.CreateObservableCounter("process.cpu", Cpu, "s", "Processor time used.");
        meter.CreateObservableGauge("process.resident_memory", () => Environment.WorkingSet, "By", "Memory in use, as the operating system counts it.");
        meter.CreateObservableGauge("process.start_time", StartTime, "s", "When the process started, since 1970.");
        meter.CreateObservableGauge("process.open_fds", OpenDescriptors, null, "Open file descriptors.");
        meter.CreateObservableGauge("dotnet.gc.heap", () => GC.GetTotalMemory(false), "By", "Memory that the garbage collector holds.");
        meter.CreateObservableCounter("dotnet.gc.pause", () => GC.GetTotalPauseDuration().TotalSeconds, "s", "Time for which garbage collection stopped everything.");
        meter.CreateObservableGauge("dotnet.thread_pool.threads", () => ThreadPool.ThreadCount, "{thread}", "Threads of the pool.");
        meter.CreateObservableGauge("dotnet.thread_pool.queued", () => ThreadPool.PendingWorkItemCount, "{item}", "Work that waits for a thread of the pool.");
    }

    private static double Cpu() => Environment.CpuUsage.TotalTime.TotalSeconds;

    private static double StartTime()
    {
        using var process = Process.GetCurrentProcess();
        return new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0;
    }

    private static IEnumerable<Measurement<int>> OpenDescriptors() =>
        Descriptors.Exists ? [new Measurement<int>(Descriptors.EnumerateFileSystemInfos().Count())] : [];
}
