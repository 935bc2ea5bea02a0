import { chromium } from "@playwright/test";
import { spawn } from "node:child_process";
const root="/tmp/wt/attach";
const PP=47811, SP=47812;
const kids=[spawn("node",[root+"/www/node_modules/vite/bin/vite.js","preview","--host","127.0.0.1","--port",PP,"--strictPort"],{cwd:root+"/www",stdio:"ignore"}),
 spawn("/work/main/demo-server/.venv/bin/python",["serve.py","--port",SP],{cwd:root+"/tests/server",stdio:"ignore"})];
for(let i=0;i<100;i++){ try{ await fetch(`http://127.0.0.1:${PP}/`); await fetch(`http://127.0.0.1:${SP}/healthz`); break;}catch{ await new Promise(r=>setTimeout(r,200)); } }
const b=await chromium.launch({executablePath:"/usr/bin/chromium",args:["--no-sandbox","--disable-gpu","--use-fake-ui-for-media-stream","--use-fake-device-for-media-stream","--disable-features=LocalNetworkAccessChecks"]});
const png=Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAFUlEQVR4nGP8z8DAgA0wYRUdtBIAWn4CDA1G8GYAAAAASUVORK5CYII=","base64");
export async function open(w,h,opt={}){ 
  const page=await b.newPage({viewport:{width:w,height:h}}); page.on("console",m=>console.log("console:",m.text())); page.on("pageerror",e=>console.log("pageerror",e));
  await page.goto(`http://127.0.0.1:${PP}/features.html?bare`); await page.waitForFunction(()=>"features" in window);
  if(opt.rtl) await page.evaluate(()=>{document.documentElement.dir="rtl"});
  await page.evaluate(([sp,opt])=>window.features.start({api:{url:`http://127.0.0.1:${sp}/t/look/chatkit`,domainKey:"x",uploadStrategy:{type:"two_phase"}},locale:opt.locale,theme:{colorScheme:opt.dark?"dark":"light"},
   composer:{attachments:{enabled:true,maxCount:6,maxSize:1000000},dictation:{enabled:true},
   tools:opt.notools?[]:[{id:"search",label:"Search the docs",shortLabel:"Search",icon:"search",pinned:true},{id:"calc",label:"Calculate something",shortLabel:"Calc",icon:"square-code",placeholderOverride:"What shall I calculate?"},{id:"draw",label:"Draw a picture",icon:"images",persistent:true}],
   models:[{id:"fast",label:"Fast",description:"Quick answers"},{id:"deep",label:"Deep thought",description:"Thinks for seven and a half million years",default:true},{id:"old",label:"Old one",disabled:true}]}}),[SP,opt]);
  return page; }
for (const [name,w,h,opt] of [["320",320,560,{}],["768",768,700,{}],["320d",320,560,{dark:true}],["768rtl",768,700,{rtl:true,locale:"ar"}],["320rtl",320,560,{rtl:true,dark:true,locale:"ar"}]]) {
  const page=await open(w,h,opt); const el=page.locator("openai-chatkit");
  await page.screenshot({path:`/tmp/attach-tools/shots/${name}-0.png`});
  await el.locator("[aria-haspopup]").first().click(); await page.screenshot({path:`/tmp/attach-tools/shots/${name}-1menu.png`});
  await el.getByRole("menuitemradio").first().click();
  await el.locator("[aria-haspopup]").last().click(); await page.screenshot({path:`/tmp/attach-tools/shots/${name}-2models.png`});
  await page.keyboard.press("Escape");
  await el.locator("input[type=file]").setInputFiles([{name:"holiday.png",mimeType:"image/png",buffer:png},{name:"slow-a-really-very-long-name-of-a-file-2026-final-v2.pdf",mimeType:"application/pdf",buffer:png},{name:"broken.txt",mimeType:"text/plain",buffer:png},{name:"huge.bin",mimeType:"application/x",buffer:Buffer.alloc(1000001)},{name:"تقرير.docx",mimeType:"application/x",buffer:png}]);
  await page.waitForTimeout(700);
  await page.screenshot({path:`/tmp/attach-tools/shots/${name}-3files.png`});
  await el.getByRole("textbox").fill("hello"); await el.getByRole("textbox").press("Enter");
  await page.waitForTimeout(200);
  await page.screenshot({path:`/tmp/attach-tools/shots/${name}-4blocked.png`});
  await el.locator(".ck-voice").click(); await page.waitForTimeout(2300);
  await page.screenshot({path:`/tmp/attach-tools/shots/${name}-5voice.png`});
  await el.locator(".ck-voice").click(); await page.waitForTimeout(1200);
  await page.screenshot({path:`/tmp/attach-tools/shots/${name}-6said.png`});
  await page.close();
}
await b.close(); kids.forEach(k=>k.kill()); process.exit(0);
