/// What a page does: shows the value of the mark that is pointed at, or walked to with the arrow keys. Without it marks keep
/// their titles, which browsers show too, only later.
enum PageScript {
    static let text = """
        (()=>{const tip=document.getElementById("tip");
        const place=(x,y)=>{const w=tip.offsetWidth,h=tip.offsetHeight,W=document.documentElement.clientWidth,H=innerHeight;
        tip.style.left=Math.max(4,Math.min(x+14,W-w-4))+"px";tip.style.top=Math.max(4,y+18+h>H?y-h-12:y+18)+"px"};
        let on=null,top=0;const hide=()=>{tip.hidden=true;if(on)on.classList.remove("on");on=null};
        const show=(mark,x,y)=>{if(on!==mark){if(on)on.classList.remove("on");on=mark;mark.classList.add("on")}
        tip.textContent=mark.dataset.tip;tip.hidden=false;top=scrollY;place(x,y)};
        for(const title of document.querySelectorAll("svg title")){const owner=title.parentNode;
        if(owner.tagName==="svg"){owner.setAttribute("aria-label",title.textContent);owner.removeAttribute("aria-labelledby")}
        else owner.dataset.tip=title.textContent;title.remove()}
        for(const svg of document.querySelectorAll("svg")){let at=-1;
        svg.addEventListener("pointermove",e=>{const mark=e.target.closest("[data-tip]");
        if(mark)show(mark,e.clientX,e.clientY);else hide()});
        svg.addEventListener("pointerleave",hide);
        svg.addEventListener("blur",()=>{at=-1;hide()});
        svg.addEventListener("keydown",e=>{if(e.key==="Escape"){hide();return}
        const step={ArrowRight:1,ArrowDown:1,ArrowLeft:-1,ArrowUp:-1}[e.key];
        const marks=svg.querySelectorAll("[data-tip]");if(!step||!marks.length)return;
        e.preventDefault();at=at<0?(step>0?0:marks.length-1):(at+step+marks.length)%marks.length;
        const mark=marks[at];mark.scrollIntoView({block:"nearest",inline:"nearest"});
        const box=mark.getBoundingClientRect();show(mark,box.x+box.width/2,box.y+box.height/2)})}
        addEventListener("scroll",()=>{if(Math.abs(scrollY-top)>2)hide()},{passive:true})})();
        """
}
