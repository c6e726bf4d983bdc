using Cockpit.Hosting;

return await CommandLine.RunAsync(args);
